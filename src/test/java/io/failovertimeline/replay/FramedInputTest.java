package io.failovertimeline.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.failovertimeline.model.InputSummary;
import io.failovertimeline.model.Problem;
import io.failovertimeline.model.Report;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FramedInputTest {

    private static final String FIRST = "__CURSOR=s=1\n__REALTIME_TIMESTAMP=1702214394575123\n_HOSTNAME=db1\n"
            + "SYSLOG_IDENTIFIER=patroni\nMESSAGE=INFO:patroni.ha:Lock owner: db1; I am db1\n\n";
    private static final String COUNTED = "__CURSOR=s=2\n__REALTIME_TIMESTAMP=1702214395575123\n_HOSTNAME=db1\n"
            + "SYSLOG_IDENTIFIER=patroni\nMESSAGE\n\u0005\0\0\0\0\0\0\0a\n\nb\0\n\n";

    @TempDir
    private Path folder;

    private static List<String> read(byte[] bytes) throws IOException {
        return read(new ByteArrayInputStream(bytes));
    }

    private static List<String> read(InputStream stream) throws IOException {
        List<String> records = new ArrayList<>();
        try (LineReader reader =
                Inputs.open(List.of("-"), stream).inputs().get(0).open()) {
            for (LineReader.Found found = reader.next(); found != LineReader.Found.END; found = reader.next()) {
                int length = Math.min(12, reader.to() - reader.from());
                String start = new String(reader.bytes(), reader.from(), length, ISO_8859_1).replace('\n', ' ');
                records.add(reader.number() + "+" + reader.lines() + " "
                        + (found == LineReader.Found.TOO_LONG ? "too long" : start));
            }
            reader.problem().ifPresent(problem -> records.add(problem.place() + " " + problem.what()));
        }
        return records;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    @Test
    void an_entry_of_an_export_is_a_record_at_its_first_line_whatever_its_bytes_are() throws IOException {
        byte[] export = (FIRST + COUNTED + FIRST).getBytes(ISO_8859_1);

        assertThat(read(export)).containsExactly("1+6 __CURSOR=s=1", "7+9 __CURSOR=s=2", "16+6 __CURSOR=s=1");
        assertThat(read(gzip(export))).hasSize(3);
        assertThat(read(Zstd.compress(export))).hasSize(3);
    }

    @Test
    void reading_goes_on_behind_an_entry_that_is_too_long() throws IOException {
        int length = 3 << 20;
        byte[] value = new byte[length];
        Arrays.fill(value, (byte) '\n');
        byte[] head = "__CURSOR=s=1\n__REALTIME_TIMESTAMP=1\nMESSAGE\n".getBytes(UTF_8);
        byte[] count = {0, 0, (byte) (length >> 16), 0, 0, 0, 0, 0};
        byte[] export = joined(head, count, value, "\n\n".getBytes(UTF_8), FIRST.getBytes(UTF_8));

        List<String> records = read(export);

        assertThat(records).containsExactly("1+" + (length + 5) + " too long", (length + 6) + "+6 __CURSOR=s=1");
    }

    @Test
    void each_physical_line_of_an_export_is_counted_once() throws IOException {
        Path file = Files.write(folder.resolve("db1.export"), (FIRST + COUNTED).getBytes(ISO_8859_1));

        Report report = Lab.replay(file);

        InputSummary input = report.inputs().get(0);
        assertThat(input.format()).isEqualTo("journald-export");
        assertThat(input.counts().lines()).isEqualTo(15);
        assertThat(input.counts().recognized()).isEqualTo(6);
    }

    @Test
    void pretty_objects_and_verbose_entries_are_records_too() throws IOException {
        String pretty = "{\n\t\"__CURSOR\" : \"a\"\n}\n{\n\t\"__CURSOR\" : \"cut\"\n{\n\t\"__CURSOR\" : \"b\"\n}\n";
        String entry = "Sun 2023-12-10 16:19:54.575123 MSK [s=1;i=2]\n    _PID=1\n    MESSAGE=x\n";

        assertThat(read(pretty.getBytes(UTF_8)))
                .containsExactly("1+3 { \t\"__CURSOR", "4+2 { \t\"__CURSOR", "6+3 { \t\"__CURSOR");
        assertThat(read(("-- Boot 3911 --\n" + entry + entry).getBytes(UTF_8)))
                .containsExactly("1+1 -- Boot 3911", "2+3 Sun 2023-12-", "5+3 Sun 2023-12-");
    }

    @Test
    void a_counted_record_may_hold_line_ends() throws IOException {
        String frames = "21 <30>Dec 10 16:19:54 x20 <30>Dec 10 16:19:\n4 \n21 <30>Dec 10 16:19:54 x";

        assertThat(read(frames.getBytes(UTF_8)))
                .containsExactly("1+1 21 <30>Dec 1", "2+1 20 <30>Dec 1", "3+1 21 <30>Dec 1");
    }

    @Test
    void several_members_of_a_gzip_and_frames_of_a_zstd_are_one_input_even_from_a_slow_pipe() throws IOException {
        byte[] one = gzip("one\n".getBytes(UTF_8));
        byte[] two = gzip("two\n".getBytes(UTF_8));
        InputStream pipe = new SequenceInputStream(new ByteArrayInputStream(one), new ByteArrayInputStream(two)) {
            @Override
            public int available() {
                return 0;
            }
        };

        assertThat(read(pipe)).containsExactly("1+1 one", "2+1 two");
        assertThat(read(joined(Zstd.compress("one\n".getBytes(UTF_8)), Zstd.compress("two\n".getBytes(UTF_8)))))
                .containsExactly("1+1 one", "2+1 two");
    }

    @Test
    void of_a_truncated_zstd_the_lines_before_count() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            text.append(i * 7919L % 65_537).append(" line\n");
        }
        byte[] packed = Zstd.compress(text.toString().getBytes(UTF_8));
        Path file = Files.write(folder.resolve("cut.zst"), Arrays.copyOf(packed, packed.length * 3 / 4));

        Report report = Lab.replay(file);

        assertThat(report.inputs().get(0).counts().lines()).isPositive();
        assertThat(report.problems()).extracting(Problem::what).anyMatch(what -> what.startsWith("ends early"));
    }
}
