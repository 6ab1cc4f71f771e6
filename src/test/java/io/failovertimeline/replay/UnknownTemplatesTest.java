package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.Origin;
import io.failovertimeline.model.UnknownLines;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnknownTemplatesTest {

    private record Text(String text, Origin origin) {}

    @Test
    void lines_that_say_the_same_are_counted_together_with_the_first_as_the_example() {
        UnknownTemplates unknown = new UnknownTemplates();
        unknown.text("wrote 3 pages", Origin.line("a.log", 9));
        unknown.text("wrote 12 pages", Origin.line("a.log", 2));
        unknown.text("read 1 page", Origin.line("a.log", 1));

        assertThat(unknown.lines().texts())
                .extracting(UnknownLines.Template::text, UnknownLines.Template::count, UnknownLines.Template::example)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("wrote <number> pages", 2L, "wrote 12 pages"),
                        org.assertj.core.groups.Tuple.tuple("read <number> page", 1L, "read 1 page"));
    }

    @Test
    void of_too_many_templates_the_same_are_kept_in_any_order_of_the_lines_and_the_rest_is_counted() {
        List<Text> texts = new ArrayList<>();
        Random random = new Random(3);
        for (int line = 1; line <= 3000; line++) {
            String word = Integer.toString(random.nextInt(500), 36).replaceAll("\\d", "z");
            texts.add(new Text("word " + word, Origin.line("a.log", line)));
        }
        UnknownLines first = counted(texts);

        for (int shuffle = 0; shuffle < 5; shuffle++) {
            Collections.shuffle(texts, random);

            assertThat(counted(texts)).isEqualTo(first);
        }
        assertThat(first.texts()).hasSize(20);
        assertThat(first.texts().stream()
                                .mapToLong(UnknownLines.Template::count)
                                .sum()
                        + first.leftOut())
                .isEqualTo(3000);
        assertThat(first.leftOut()).isPositive();
    }

    private static UnknownLines counted(List<Text> texts) {
        UnknownTemplates unknown = new UnknownTemplates(20);
        texts.forEach(text -> unknown.text(text.text(), text.origin()));
        return unknown.lines();
    }
}
