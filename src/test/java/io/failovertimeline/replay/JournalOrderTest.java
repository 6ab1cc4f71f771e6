package io.failovertimeline.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failovertimeline.model.Report;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalOrderTest {

    private static final String ONE = "1".repeat(32);
    private static final String TWO = "2".repeat(32);

    @TempDir
    private Path folder;

    private static String entry(String sequence, int number, String message) {
        return "{\"MESSAGE\":\"" + message + "\",\"__CURSOR\":\"s=" + sequence + ";i=" + Integer.toHexString(number)
                + ";b=0;m=0;t=0;x=0\"}\n";
    }

    private static List<String> ordered(String text, int stretch) throws IOException {
        JournalOrder order = new JournalOrder(new ByteArrayInputStream(text.getBytes(UTF_8)), stretch);
        String[] lines = new String(order.readAllBytes(), UTF_8).split("(?<=\n)");
        return Stream.of(lines).map(line -> order.next(0) + " " + line).toList();
    }

    private static boolean isLeft(String text) {
        return !JournalOrder.isMissingIn(new LineReader(new ByteArrayInputStream(text.getBytes(UTF_8)), "j"));
    }

    private static void rearrange(Path folder, Rearrangement rearrangement) throws IOException {
        for (Path file : Lab.filesIn(folder)) {
            if (file.toString().matches(".*/journal/[^/]*\\.json")) {
                List<String> lines = new ArrayList<>(Files.readAllLines(file));
                rearrangement.of(lines);
                Files.write(file, lines);
            }
        }
    }

    private interface Rearrangement {
        void of(List<String> lines);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "labs/power-cut",
                "labs/planned-switchover",
                "src/test/resources/lab/patroni-restart/input",
                "src/test/resources/lab/patroni-frozen/input"
            })
    void a_journal_tells_the_same_newest_first_and_shuffled(Path lab) throws IOException {
        Lab.copy(lab, folder);
        Report sorted = Lab.replay(folder);

        rearrange(folder, Collections::reverse);
        Report reversed = Lab.replay(folder);
        rearrange(folder, lines -> Collections.shuffle(lines, new Random(3)));
        Report shuffled = Lab.replay(folder);

        assertThat(sorted.findings().incidents()).isNotEmpty();
        assertThat(Lab.story(reversed)).isEqualTo(Lab.story(sorted));
        assertThat(Lab.story(shuffled)).isEqualTo(Lab.story(sorted));
    }

    @Test
    void a_line_keeps_its_number() throws IOException {
        String third = entry(ONE, 26, "third");
        String first = entry(ONE, 9, "first");
        String second = entry(ONE, 10, "second");

        assertThat(ordered(third + first + second, 1 << 20)).containsExactly("2 " + first, "3 " + second, "1 " + third);
    }

    @Test
    void machines_do_not_mix_and_what_has_no_place_stays_below_its_line() throws IOException {
        String other = entry(TWO, 1, "other");
        String late = entry(ONE, 3, "late");
        String soon = entry(ONE, 2, "soon");
        String last = "torn off";

        assertThat(ordered("--\n" + other + late + "below\n" + soon + last, 1 << 20))
                .containsExactly("1 --\n", "5 " + soon, "6 " + last + "\n", "3 " + late, "4 below\n", "2 " + other);
    }

    @Test
    void a_second_copy_comes_behind_the_first() throws IOException {
        String first = entry(ONE, 1, "first");
        String second = entry(ONE, 2, "second");

        assertThat(ordered(second + first + second + first, 1 << 20))
                .containsExactly("2 " + first, "1 " + second, "4 " + first, "3 " + second);
    }

    @Test
    void a_field_within_a_message_is_none() throws IOException {
        String second = "{\"MESSAGE\":\"\\\"__CURSOR\\\":\\\"s=" + ONE + ";i=1;\","
                + entry(ONE, 2, "x").substring(1);
        String first = entry(ONE, 1, "first");

        assertThat(ordered(second + first, 1 << 20)).containsExactly("2 " + first, "1 " + second);
    }

    @Test
    void so_much_is_put_in_order_at_a_time_and_a_line_may_be_longer() throws IOException {
        String entry = entry(ONE, 5, "x");
        int stretch = 2 * entry.length() + 10;
        String endless = "y".repeat(5 * stretch) + "\n";

        List<String> lines = ordered(
                entry + entry(ONE, 4, "x") + entry(ONE, 3, "x") + entry(ONE, 2, "x") + endless + entry(ONE, 1, "x"),
                stretch);

        assertThat(lines)
                .containsExactly(
                        "2 " + entry(ONE, 4, "x"),
                        "1 " + entry,
                        "4 " + entry(ONE, 2, "x"),
                        "3 " + entry(ONE, 3, "x"),
                        "5 " + endless,
                        "6 " + entry(ONE, 1, "x"));
    }

    @Test
    void what_comes_before_a_break_is_read_and_then_it_breaks() throws IOException {
        String second = entry(ONE, 2, "second");
        String first = entry(ONE, 1, "first");
        byte[] whole = (second + first + "{\"torn").getBytes(UTF_8);
        JournalOrder order = new JournalOrder(new SequenceInputStream(
                new ByteArrayInputStream(whole), new FailingStream(new EOFException("cut off"))));

        assertThat(new String(order.readNBytes(whole.length - 6), UTF_8)).isEqualTo(first + second);
        assertThatThrownBy(order::read).isInstanceOf(EOFException.class).hasMessage("cut off");
    }

    @Test
    void what_is_in_order_is_left() {
        String merged =
                entry(TWO, 1, "a") + entry(ONE, 10, "b") + "no entry\n" + entry(TWO, 2, "c") + entry(ONE, 17, "d");

        assertThat(isLeft(merged)).isTrue();
        assertThat(isLeft(merged + merged)).isFalse();
    }

    @Test
    void standard_input_is_put_in_order_too() throws IOException {
        String text = entry(ONE, 2, "second") + entry(ONE, 1, "first");
        InputStream stream = new ByteArrayInputStream(text.getBytes(UTF_8));
        try (LineReader reader =
                Inputs.open(List.of("-"), stream).inputs().get(0).inOrder().open()) {
            reader.next();

            assertThat(reader.text()).contains("first");
            assertThat(reader.number()).isEqualTo(2);
        }
    }
}
