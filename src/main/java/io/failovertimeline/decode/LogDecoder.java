package io.failovertimeline.decode;

import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Stamp;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Makes log lines of bytes. Stateless: what one line means never hangs on another, only on the {@link Hints}.
 *
 * <p>Formats: journald's text and JSON forms; syslog files and messages; container logs; Vector, Fluent Bit, Filebeat, rsyslog and
 * GELF records; in these or alone Patroni, PostgreSQL (stderr, csvlog, jsonlog), etcd (capnslog, zap), pgbouncer, keepalived,
 * repmgr, pg_auto_failover and HAProxy; commands at a shell prompt.
 */
public final class LogDecoder {

    private static final Decoded NOTHING = new Decoded.Nothing();
    private static final int EXCERPT = 200;

    /**
     * The line in {@code bytes} from {@code from}, inclusive, to {@code to}, exclusive. Never throws for what stands in them.
     *
     * @param hints what is known about the source
     * @param origin where the line stands
     */
    public Decoded decode(byte[] bytes, int from, int to, Hints hints, Origin origin) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        Optional<Reading> reading = Readings.of(text);
        if (reading.isEmpty()) {
            boolean torn = JsonEnvelope.isTorn(text) && Json.object(text).isEmpty();
            return torn ? unreadable(text, Decoded.Reason.BROKEN_JSON, origin) : NOTHING;
        }
        boolean broken = isReplaced(text)
                ? !isUtf8(bytes, from, to)
                : reading.get()
                        .message()
                        .filter(LogDecoder::isReplaced)
                        .isPresent(); // journald writes such bytes as numbers
        return broken ? unreadable(text, Decoded.Reason.NOT_UTF_8, origin) : line(text, reading.get(), hints, origin);
    }

    private static Decoded line(String text, Reading reading, Hints hints, Origin origin) {
        if (reading.message().isEmpty()) {
            return unreadable(text, Decoded.Reason.MISSING_FIELD, origin);
        }
        Optional<Stamp> stamp = Placing.stamp(reading, hints);
        if (stamp.isEmpty() && reading.hasTime()) {
            return unreadable(text, Decoded.Reason.BAD_TIME, origin);
        }
        if (stamp.isEmpty() && !reading.format().equals("shell")) {
            return unreadable(text, Decoded.Reason.MISSING_FIELD, origin);
        }
        Optional<String> host = reading.host().or(hints::host);
        LogLine line = new LogLine(
                stamp,
                host,
                reading.writer(),
                reading.subjectUnit(),
                reading.component(),
                reading.severity(),
                reading.message().get(),
                origin);
        return new Decoded.Line(line, reading.format());
    }

    private static Decoded unreadable(String text, Decoded.Reason reason, Origin origin) {
        return new Decoded.Unreadable(text.substring(0, Math.min(text.length(), EXCERPT)), reason, origin);
    }

    private static boolean isReplaced(String text) {
        return text.indexOf('\uFFFD') >= 0;
    }

    private static boolean isUtf8(byte[] bytes, int from, int to) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
