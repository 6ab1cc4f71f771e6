package io.failovertimeline.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.TreeMap;

/** Decodes single lines of text for tests. */
final class Decoding {

    /** Moscow's time, in the days of the lab that most examples are from. */
    static final Hints MOSCOW = hints("+03:00", "2023-12-10T12:00:00Z");

    private Decoding() {}

    static Hints hints(String zone, String near) {
        return new Hints(Optional.empty(), ZoneId.of(zone), new TreeMap<>(), Optional.of(Instant.parse(near)));
    }

    static Decoded decode(String text, Hints hints) {
        return decode(text.getBytes(StandardCharsets.UTF_8), hints);
    }

    static Decoded decode(byte[] bytes, Hints hints) {
        return new LogDecoder().decode(bytes, 0, bytes.length, hints, Origin.line("test.log", 1));
    }

    static LogLine line(String text, Hints hints) {
        return found(text, hints).line();
    }

    static LogLine line(String text) {
        return line(text, MOSCOW);
    }

    static String format(String text) {
        return found(text, MOSCOW).format();
    }

    static Instant at(String text, Hints hints) {
        return line(text, hints).stamp().orElseThrow().at();
    }

    static Decoded.Line found(String text, Hints hints) {
        Decoded decoded = decode(text, hints);
        assertThat(decoded).as(text).isInstanceOf(Decoded.Line.class);
        return (Decoded.Line) decoded;
    }

    static Optional<Decoded.Reason> reason(String text) {
        return decode(text, MOSCOW)
                .match(
                        line -> Optional.empty(),
                        unreadable -> Optional.of(unreadable.reason()),
                        nothing -> Optional.empty());
    }

    static boolean isNothing(String text) {
        return decode(text, MOSCOW).match(line -> false, unreadable -> false, nothing -> true);
    }

    static boolean isNoise(String text) {
        return decode(text, MOSCOW).match(line -> false, unreadable -> false, Decoded.Nothing::isNoise);
    }
}
