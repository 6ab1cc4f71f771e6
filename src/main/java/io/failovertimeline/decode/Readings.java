package io.failovertimeline.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.failovertimeline.model.Component;
import java.util.Optional;

/** Takes a line of any format apart. The format is found anew for each line: a write-up mixes them all. */
final class Readings {

    private Readings() {}

    /** What {@code line} is; empty if it is no log record. */
    static Optional<Reading> of(String line) {
        Optional<Reading> asItIs = plain(line);
        return asItIs.isPresent() ? asItIs : Cleaning.of(line).flatMap(Readings::plain);
    }

    private static Optional<Reading> plain(String line) {
        if (line.isEmpty()) {
            return Optional.empty();
        }
        char first = line.charAt(0);
        if (first == '{') {
            return mayBeRecord(line) ? Json.object(line).flatMap(Readings::json) : Optional.empty();
        }
        if (!Cursor.isLetter(first) && !Cursor.isDigit(first) && "<[_".indexOf(first) < 0) {
            return Optional.empty();
        }
        Optional<Envelope> envelope = TextEnvelope.read(line);
        if (envelope.isPresent()) {
            return opened(envelope.get());
        }
        Optional<OwnLine> own = OwnLines.timed(line);
        if (own.isPresent()) {
            return Optional.of(Reading.of(own.get(), Optional.empty()));
        }
        return ShellPrompt.read(line).or(() -> composed(line));
    }

    private static boolean mayBeRecord(String line) {
        return line.contains("essage\"")
                || line.contains("MESSAGE\"")
                || line.contains("\"msg\"")
                || line.contains("\"log\"");
    }

    private static Optional<Reading> json(JsonNode object) {
        Optional<OwnLine> own = JsonOwnLine.read(object);
        return own.isPresent()
                ? Optional.of(Reading.of(own.get(), Optional.empty()))
                : JsonEnvelope.read(object).flatMap(Readings::opened);
    }

    private static Optional<Reading> opened(Envelope envelope) {
        Component sender = Programs.component(envelope.writer());
        if (envelope.message().isEmpty()) {
            return Optional.of(Reading.of(envelope, sender));
        }
        String message = Cleaning.withoutColours(envelope.message().get());
        Optional<OwnLine> inside = message.startsWith("{")
                ? Json.object(message).flatMap(JsonOwnLine::read)
                : OwnLines.enveloped(message, sender);
        if (inside.isPresent()) {
            return Optional.of(Reading.of(envelope, inside.get()));
        }
        // a bare time in front of any text is no sign of a log
        boolean isContainer = envelope.format().equals(Reading.CONTAINER);
        return isContainer
                ? Optional.empty()
                : Optional.of(Reading.of(envelope, sender).saying(message));
    }

    /** {@code db1-1  | text}, as {@code docker compose logs} writes it. */
    private static Optional<Reading> composed(String line) {
        int bar = line.indexOf(" | ");
        String name = bar > 0 ? line.substring(0, bar).stripTrailing() : "";
        boolean isName = !name.isEmpty() && name.length() <= 64 && name.indexOf(' ') < 0;
        return isName
                ? OwnLines.timed(
                                Cleaning.withoutColours(line.substring(bar + 3)).stripLeading())
                        .map(own -> Reading.of(own, Optional.of(name)))
                : Optional.empty();
    }
}
