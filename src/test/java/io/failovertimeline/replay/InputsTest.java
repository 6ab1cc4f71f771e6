package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.failovertimeline.model.Problem;
import io.failovertimeline.replay.LineReader.Found;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputsTest {

    private static final InputStream NO_INPUT = InputStream.nullInputStream();

    @TempDir
    Path folder;

    private Path write(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    private Path write(String name, String content) throws IOException {
        return write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private Inputs open() throws NoSuchInput {
        return Inputs.open(List.of(folder.toString()), NO_INPUT);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    private static List<String> lines(LineReader reader) throws IOException {
        List<String> lines = new ArrayList<>();
        try (reader) {
            while (reader.next() != Found.END) {
                lines.add(
                        new String(reader.bytes(), reader.from(), reader.to() - reader.from(), StandardCharsets.UTF_8));
            }
        }
        return lines;
    }

    private static List<String> names(Inputs inputs) {
        return inputs.inputs().stream().map(Input::name).toList();
    }

    @Test
    void a_folder_gives_its_files_sorted_and_named_from_there() throws Exception {
        write("b.log", "b");
        write("a/z.log", "z");
        write("a/c/d.log", "d");
        write(".hidden", "h");
        write(".git/config", "g");

        assertThat(names(open())).containsExactly("a/c/d.log", "a/z.log", "b.log");
        assertThat(open().problems()).isEmpty();
    }

    @Test
    void a_file_is_named_as_it_was_typed() throws Exception {
        Path file = write("a/z.log", "z");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2023-12-10T13:20:00Z")));

        Input input = Inputs.open(List.of(file.toString()), NO_INPUT).inputs().get(0);

        assertThat(input.name()).isEqualTo(file.toString());
        assertThat(input.fileDate()).contains(Instant.parse("2023-12-10T13:20:00Z"));
    }

    @Test
    void a_name_that_two_folders_share_is_told_apart() throws Exception {
        write("one/a.log", "1");
        write("two/a.log", "2");
        String one = folder.resolve("one").toString();
        String two = folder.resolve("two").toString();

        assertThat(names(Inputs.open(List.of(one, two), NO_INPUT))).containsExactly(one + "/a.log", two + "/a.log");
    }

    @Test
    void a_missing_path_is_wrong_usage() {
        assertThatThrownBy(() -> Inputs.open(List.of("no/such.log", "-"), NO_INPUT))
                .isInstanceOf(NoSuchInput.class)
                .hasMessageStartingWith("no/such.log does not exist.");
    }

    @Test
    void packed_files_are_known_by_their_bytes() throws Exception {
        write("a.log", gzip("one\ntwo\n"));
        // zstd of "one\ntwo\n", one raw block
        write("b.log", HexFormat.of().parseHex("28b52ffd2008410000" + "6f6e650a74776f0a"));

        List<Input> inputs = open().inputs();

        assertThat(lines(inputs.get(0).open())).containsExactly("one", "two");
        assertThat(lines(inputs.get(1).open())).containsExactly("one", "two");
    }

    @Test
    void of_a_truncated_gzip_the_lines_before_count() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("line ").append(i * 7919L % 10007).append('\n');
        }
        byte[] packed = gzip(text.toString());
        write("cut.gz", Arrays.copyOf(packed, packed.length / 2));

        LineReader reader = open().inputs().get(0).open();
        List<String> lines = lines(reader);

        assertThat(lines).hasSizeBetween(1_000, 19_999).startsWith("line 0", "line 7919");
        assertThat(lines).isEqualTo(text.toString().lines().limit(lines.size()).toList());
        assertThat(reader.problem()).hasValueSatisfying(problem -> {
            assertThat(problem.place()).isEqualTo("cut.gz:" + (lines.size() + 1));
            assertThat(problem.what()).contains("ends early");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "'', is empty",
        "89504e470d0a1a0a0000000d, is a picture",
        "ffd8ffe000104a464946, is a picture",
        "255044462d312e34, is a PDF document",
        "504b030414000000, is a zip archive",
        "4c504b5348485248, is a binary journal file",
        "fffe41000a00, is text in UTF-16",
        "fd377a585a00, is packed in a way that is not supported",
        "41000a, is not text",
        "1f8b08ff, can't be read",
        "28b52ffdff, can't be read",
    })
    void what_is_no_text_is_named_once_with_what_it_is(String bytes, String what) throws Exception {
        write("x", HexFormat.of().parseHex(bytes));

        Inputs inputs = open();

        assertThat(inputs.inputs()).isEmpty();
        assertThat(inputs.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.place()).isEqualTo("x");
            assertThat(problem.what()).startsWith(what);
        });
    }

    @Test
    void a_picture_in_a_gzip_is_a_picture_too() throws Exception {
        write("x.gz", gzip("GIF89a..."));

        assertThat(open().problems()).extracting(Problem::what).containsExactly("is a picture");
    }

    @Test
    void the_same_content_counts_once() throws Exception {
        write("a.log", "text\n");
        write("b.log", "text\n");
        write("c.log", "test\n");

        Inputs inputs = open();

        assertThat(names(inputs)).containsExactly("a.log", "c.log");
        assertThat(inputs.problems())
                .containsExactly(new Problem("b.log", "has the same content as a.log; counted once", ""));
    }

    @Test
    void links_that_lead_back_or_nowhere_end() throws Exception {
        write("a/a.log", "a");
        Files.createSymbolicLink(folder.resolve("a/loop"), folder);
        Files.createSymbolicLink(folder.resolve("gone.log"), folder.resolve("nowhere"));

        Inputs inputs = open();

        assertThat(names(inputs)).containsExactly("a/a.log");
        assertThat(inputs.problems()).extracting(Problem::place).containsExactlyInAnyOrder("a/loop", "gone.log");
    }

    @Test
    void a_file_that_may_not_be_read_is_named() throws Exception {
        Path file = write("secret.log", "s");
        assumeTrue(file.toFile().setReadable(false) && !Files.isReadable(file), "root may read everything");

        assertThat(open().problems()).extracting(Problem::what).containsExactly("can't be read: permission denied");
    }

    @Test
    void standard_input_can_be_looked_at_before_it_is_read() throws Exception {
        String text = "one\ntwo\nthree\n".repeat(10_000);
        InputStream packed = new ByteArrayInputStream(gzip(text));

        Input input = Inputs.open(List.of("-"), packed).inputs().get(0);

        assertThat(input.name()).isEqualTo("-");
        assertThat(input.fileDate()).isEmpty();
        assertThat(lines(input.head(6))).containsExactly("one");
        assertThat(lines(input.head(50_000))).hasSizeBetween(10_000, 11_000);
        LineReader whole = input.open();
        assertThat(lines(whole)).isEqualTo(text.lines().toList());
        assertThat(whole.problem()).isEmpty();
    }

    @Test
    void a_file_can_be_looked_at_before_it_is_read() throws Exception {
        write("a.log", "one\ntwo\nthree");

        Input input = open().inputs().get(0);

        assertThat(lines(input.head(8))).containsExactly("one", "two");
        assertThat(lines(input.head(1_000))).containsExactly("one", "two", "three");
        assertThat(lines(input.open())).containsExactly("one", "two", "three");
    }
}
