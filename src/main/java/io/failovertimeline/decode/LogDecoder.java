package io.failovertimeline.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Stamp;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Makes log lines of bytes. Stateless: what one line means never hangs on another, only on the {@link Hints}; a {@link Joiner} makes
 * records of them.
 *
 * <p>Formats: journald's text, JSON, export and verbose forms; syslog files and messages; container logs; records of Vector, Fluent
 * Bit, Filebeat, Logstash, rsyslog, syslog-ng and GELF; in these or alone Patroni, PostgreSQL (stderr, csvlog, jsonlog), etcd (capnslog,
 * zap), pgbouncer, keepalived, repmgr, pg_auto_failover and HAProxy; commands at a shell prompt.
 */
public final class LogDecoder {

    private static final Decoded NOTHING = new Decoded.Nothing(false);
    private static final Decoded NOISE = new Decoded.Nothing(true);
    private static final int EXCERPT = 200;

    /**
     * The record in {@code bytes} from {@code from}, inclusive, to {@code to}, exclusive: a line, or as many as {@link Framing} finds
     * to be one record. Never throws for what stands in them.
     *
     * @param hints what is known about the source
     * @param origin where the record stands
     */
    public Decoded decode(byte[] bytes, int from, int to, Hints hints, Origin origin) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        if (JournalExport.isEntry(bytes, from, to)) {
            return exported(text, JournalExport.fields(bytes, from, to), hints, origin);
        }
        Optional<Reading> reading = Readings.of(text);
        if (isReplaced(text)) {
            reading = reading.map(its -> withCutLetters(its, text, bytes, from, to));
        }
        if (reading.isEmpty()) {
            return KnownNoise.isLine(text) ? NOISE : notRead(text, origin);
        }
        boolean broken = !isCutInLetter(reading.get())
                && (isReplaced(text)
                        ? !isUtf8(bytes, from, to)
                        : saysReplaced(reading.get())); // journald writes such bytes as numbers
        return broken ? unreadable(text, Decoded.Reason.NOT_UTF_8, origin) : line(text, reading.get(), hints, origin);
    }

    private static Decoded notRead(String text, Origin origin) {
        if (!text.startsWith("{")) {
            return NOTHING;
        }
        Optional<JsonNode> object = Json.object(text);
        boolean torn = object.isEmpty() && JsonEnvelope.isTorn(text);
        return torn
                ? unreadable(text, Decoded.Reason.BROKEN_JSON, origin)
                : object.filter(JsonEnvelope::isSilent).isPresent() ? NOISE : NOTHING;
    }

    private static Decoded exported(String text, Optional<JsonNode> fields, Hints hints, Origin origin) {
        if (fields.isEmpty()) {
            return unreadable(text, Decoded.Reason.BROKEN_EXPORT, origin);
        }
        Optional<Reading> reading = Readings.ofExport(fields.get());
        if (reading.isEmpty()) {
            return NOISE;
        }
        return saysReplaced(reading.get())
                ? unreadable(text, Decoded.Reason.NOT_UTF_8, origin)
                : line(text, reading.get(), hints, origin);
    }

    /** What stands in {@code envelope}, read like a record of its own. */
    static Decoded opened(Envelope envelope, Hints hints, Origin origin) {
        String text = envelope.message().orElse("");
        return Readings.opened(envelope)
                .map(reading -> line(text, reading, hints, origin))
                .orElse(NOTHING);
    }

    /** Of a part that stands as it is at the end of its record, what its first and last bytes are. */
    private static Reading withCutLetters(Reading reading, String text, byte[] bytes, int from, int to) {
        return reading.envelope()
                .filter(its -> its.part().stream().isPresent() && !text.startsWith("{"))
                .flatMap(its -> its.message()
                        .filter(text::endsWith)
                        .map(message -> text.substring(0, text.length() - message.length()))
                        .filter(before -> before.chars().allMatch(character -> character < 0x80))
                        .map(before -> reading.in(its.holding(its.part().of(bytes, from + before.length(), to)))))
                .orElse(reading);
    }

    /** Runtimes cut after so many bytes, which may be within a letter; what is left of it then is no fault of the text. */
    private static boolean isCutInLetter(Reading reading) {
        return reading.envelope()
                .filter(its -> its.part().goesOn()
                        || (its.part().stream().isPresent()
                                && its.message()
                                        .filter(text -> text.startsWith("\uFFFD"))
                                        .isPresent()))
                .isPresent();
    }

    private static boolean saysReplaced(Reading reading) {
        return reading.message().filter(LogDecoder::isReplaced).isPresent();
    }

    private static Decoded line(String text, Reading reading, Hints hints, Origin origin) {
        if (reading.message().isEmpty()) {
            return unreadable(text, Decoded.Reason.CONTENT_GONE, origin);
        }
        String message = reading.message().get();
        if (KnownNoise.isMessage(message)) {
            return NOISE;
        }
        Optional<Stamp> stamp = Placing.stamp(reading, hints);
        if (stamp.isEmpty() && reading.hasTime()) {
            return unreadable(text, Decoded.Reason.BAD_TIME, origin);
        }
        if (stamp.isEmpty() && !reading.format().equals("shell")) {
            return unreadable(text, Decoded.Reason.MISSING_FIELD, origin);
        }
        Optional<String> host = reading.host().or(hints::host);
        Optional<String> writer = hints.shared().writer(host, reading.component(), reading.writer());
        if (host.isPresent() && writer.isEmpty()) {
            return unreadable(text, Decoded.Reason.SHARED_HOST, origin);
        }
        LogLine line = new LogLine(
                stamp,
                writer,
                reading.writer(),
                reading.subjectUnit(),
                reading.component(),
                reading.severity(),
                message,
                origin);
        return new Decoded.Line(
                line,
                reading.format(),
                reading.envelope(),
                place(text, reading),
                hints.shared().silentBeside(host, reading));
    }

    private static Decoded.Place place(String text, Reading reading) {
        boolean isRow = reading.format().equals(PostgresCsv.FORMAT);
        boolean isWhole = isRow || reading.format().equals(JsonOwnLine.POSTGRESQL);
        boolean isSection = !isWhole
                && reading.component() == Component.POSTGRESQL
                && reading.message().filter(PostgresText::isSection).isPresent();
        Decoded.Form form =
                isSection ? Decoded.Form.SECTION : reading.isBare() ? Decoded.Form.TEXT : Decoded.Form.RECORD;
        return new Decoded.Place(
                form, reading.channel(), Optional.of(text).filter(row -> isRow && PostgresCsv.isUnfinished(row)));
    }

    static Decoded unreadable(String text, Decoded.Reason reason, Origin origin) {
        return new Decoded.Unreadable(text.substring(0, Math.min(text.length(), EXCERPT)), reason, origin);
    }

    private static boolean isReplaced(String text) {
        return text.indexOf('\uFFFD') >= 0;
    }

    /** Whether the bytes from {@code from}, inclusive, to {@code to}, exclusive, are valid UTF-8. */
    public static boolean isUtf8(byte[] bytes, int from, int to) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
