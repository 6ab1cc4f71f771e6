package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.decode.Framing;
import io.failovertimeline.replay.LineReader.Found;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {

    private static List<String> read(LineReader reader) {
        List<String> lines = new ArrayList<>();
        for (Found found = reader.next(); found != Found.END; found = reader.next()) {
            String text =
                    new String(reader.bytes(), reader.from(), reader.to() - reader.from(), StandardCharsets.ISO_8859_1);
            lines.add(reader.number() + (found == Found.TOO_LONG ? "!" : ":") + text);
        }
        return lines;
    }

    private static LineReader of(String text) {
        return new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)), "test.log");
    }

    /** Bytes made while they are read: {@code before}, {@code length} times {@code x}, {@code after}. */
    private static InputStream stream(String before, long length, String after) {
        byte[] first = before.getBytes(StandardCharsets.US_ASCII);
        byte[] last = after.getBytes(StandardCharsets.US_ASCII);
        return new InputStream() {
            private long at;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] bytes, int from, int wanted) {
                long all = first.length + length + last.length;
                if (at == all) {
                    return -1;
                }
                int count = (int) Math.min(wanted, all - at);
                for (int i = 0; i < count; i++, at++) {
                    bytes[from + i] = at < first.length
                            ? first[(int) at]
                            : at < first.length + length ? (byte) 'x' : last[(int) (at - first.length - length)];
                }
                return count;
            }
        };
    }

    @Test
    void lines_end_with_lf_or_crlf_and_the_last_with_the_input() {
        assertThat(read(of("one\r\ntwo\n\nfour\r"))).containsExactly("1:one", "2:two", "3:", "4:four");
        assertThat(read(of("one\n"))).containsExactly("1:one");
        assertThat(read(of(""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {LineReader.LONGEST_LINE + 1, LineReader.LONGEST_LINE * 2L + 17, 100_000_000})
    void a_line_that_is_too_long_is_reported_once_and_skipped(long length) {
        LineReader reader = new LineReader(stream("first\n", length, "\nlast\n"), "test.log");

        assertThat(read(reader)).containsExactly("1:first", "2!" + "x".repeat(LineReader.EXCERPT), "3:last");
        assertThat(reader.bytes().length).isLessThanOrEqualTo(4 * LineReader.LONGEST_LINE);
        assertThat(reader.problem()).isEmpty();
    }

    @Test
    void a_line_that_is_too_long_may_be_the_last() {
        assertThat(read(new LineReader(stream("", 3_000_000, ""), "test.log")))
                .containsExactly("1!" + "x".repeat(LineReader.EXCERPT));
    }

    @Test
    void a_line_of_the_longest_length_is_kept() {
        LineReader reader = new LineReader(stream("", LineReader.LONGEST_LINE, "\nlast"), "test.log");

        assertThat(read(reader)).hasSize(2).first().asString().hasSize(LineReader.LONGEST_LINE + 2);
    }

    @Test
    void what_was_read_before_an_input_breaks_off_counts() {
        InputStream broken = new java.io.SequenceInputStream(
                new ByteArrayInputStream("one\ntwo\nthr".getBytes(StandardCharsets.US_ASCII)),
                new FailingStream(new IOException("bad sector")));

        LineReader reader = new LineReader(broken, "test.log");

        assertThat(read(reader)).containsExactly("1:one", "2:two");
        assertThat(reader.problem()).hasValueSatisfying(problem -> {
            assertThat(problem.place()).isEqualTo("test.log:3");
            assertThat(problem.what()).contains("bad sector");
        });
    }

    @Test
    void a_head_ends_with_a_whole_line() {
        InputStream stream = new ByteArrayInputStream("one\ntwo\nthree\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(read(new LineReader(stream, "test.log", Framing.LINES, 10))).containsExactly("1:one", "2:two");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void lines_are_the_same_however_the_bytes_come_in(long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            text.append("y".repeat(random.nextInt(4) == 0 ? random.nextInt(3_000) : random.nextInt(30)))
                    .append('\n');
        }
        InputStream dripping = new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.US_ASCII)) {
            @Override
            public synchronized int read(byte[] bytes, int from, int wanted) {
                return super.read(bytes, from, Math.min(wanted, 1 + random.nextInt(5_000)));
            }
        };

        List<String> expected = text.toString().lines().toList();

        assertThat(read(new LineReader(dripping, "test.log")))
                .hasSameSizeAs(expected)
                .allSatisfy(line -> assertThat(line.substring(line.indexOf(':') + 1))
                        .isEqualTo(expected.get(Integer.parseInt(line.substring(0, line.indexOf(':'))) - 1)));
    }
}
