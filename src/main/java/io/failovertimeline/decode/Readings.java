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

    /** What the entry of a journal export says; empty if it has no message. */
    static Optional<Reading> ofExport(JsonNode fields) {
        return JsonEnvelope.read(fields)
                .flatMap(entry -> opened(new Envelope(
                        JournalExport.FORMAT,
                        entry.time(),
                        entry.clock(),
                        entry.host(),
                        entry.writer(),
                        entry.subjectUnit(),
                        entry.severity(),
                        entry.part(),
                        entry.message())));
    }

    private static Optional<Reading> plain(String line) {
        if (line.isEmpty()) {
            return Optional.empty();
        }
        char first = line.charAt(0);
        if (first == '{') {
            return mayBeRecord(line) ? Json.object(line).flatMap(Readings::json) : Optional.empty();
        }
        if (!Character.isLetter(first) && !Cursor.isDigit(first) && "<[_".indexOf(first) < 0) {
            return Optional.empty();
        }
        Optional<Envelope> envelope = TextEnvelope.read(line);
        Optional<Reading> opened = envelope.flatMap(Readings::opened);
        if (envelope.isPresent() && (opened.isPresent() || !mayBePatronis(envelope.get()))) {
            return opened;
        }
        Optional<OwnLine> own = OwnLines.timed(line, Optional.empty()).or(() -> OwnLines.ofFile(line));
        if (own.isPresent()) {
            return Optional.of(Reading.of(own.get(), Optional.empty()));
        }
        return ShellPrompt.read(line).or(() -> Labelled.read(line)
                .flatMap(labelled -> plain(labelled.text()).map(inside -> inside.at(labelled.name()))));
    }

    /** Whether a time in front is one that {@code log.dateformat} can give; it has no finer ones than milliseconds. */
    private static boolean mayBePatronis(Envelope envelope) {
        return envelope.format().equals(Reading.CONTAINER)
                && envelope.part().stream().isEmpty()
                && envelope.time().filter(time -> time.fractionDigits() <= 3).isPresent();
    }

    private static boolean mayBeRecord(String line) {
        return line.contains("essage\"")
                || line.contains("MESSAGE\"")
                || line.contains("\"msg\"")
                || line.contains("\"text\"")
                || line.contains("\"event\"")
                || line.contains("\"log\"")
                || line.contains("\"original\"");
    }

    private static Optional<Reading> json(JsonNode object) {
        Optional<OwnLine> own = JsonOwnLine.read(object);
        return own.isPresent()
                ? Optional.of(Reading.of(own.get(), JsonOwnLine.host(own.get(), object)))
                : JsonEnvelope.read(object).flatMap(Readings::opened);
    }

    /** What stands in {@code envelope}; empty if it is no log record. */
    static Optional<Reading> opened(Envelope envelope) {
        return inside(envelope).map(reading -> reading.in(envelope));
    }

    private static Optional<Reading> inside(Envelope envelope) {
        Component sender = Programs.component(envelope.writer());
        if (envelope.message().isEmpty()) {
            return Optional.of(Reading.of(envelope, sender));
        }
        String message = Cleaning.withoutColours(envelope.message().get());
        Optional<OwnLine> inside = message.startsWith("{")
                ? Json.object(message).flatMap(JsonOwnLine::read)
                : OwnLines.enveloped(message, Optional.of(sender).filter(named -> envelope.namesWriter()));
        if (inside.isPresent()) {
            return Optional.of(Reading.of(envelope, inside.get()));
        }
        Optional<Envelope> inner = envelope.namesWriter() ? Optional.empty() : addressed(message);
        if (inner.isPresent()) {
            return inside(envelope.around(inner.get()));
        }
        String text =
                sender == Component.POSTGRESQL ? PostgresText.part(message).orElse(message) : message;
        return isSureSign(envelope) ? Optional.of(Reading.of(envelope, sender).saying(text)) : Optional.empty();
    }

    /** A bare time in front of any text is no sign of a log, and a time since the host was started can't be placed. */
    private static boolean isSureSign(Envelope envelope) {
        return switch (envelope.format()) {
            case Reading.CONTAINER -> envelope.part().stream().isPresent();
            case TextEnvelope.MONOTONIC -> false;
            default -> true;
        };
    }

    /** What syslog wrote, inside the envelope of who read its file. */
    private static Optional<Envelope> addressed(String message) {
        return TextEnvelope.read(message).filter(Envelope::namesWriter);
    }
}
