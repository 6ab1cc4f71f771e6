package io.failovertimeline.recognize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Stamp;
import io.failovertimeline.model.Writer;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ExplainerTest {

    private static final Catalog CATALOG = Catalog.builtIn();
    private static final Explainer EXPLAINER = new Explainer(CATALOG);

    @Test
    void the_entry_that_takes_a_line_is_named_with_its_fields() {
        Verdict verdict = explain(Component.PATRONI, "Lock owner: db2; I am db1");

        Verdict.Taken taken = verdict.taken().orElseThrow();
        assertThat(taken.entry().id()).isEqualTo("patroni.lock-owner");
        assertThat(taken.fields()).containsEntry("leader", "db2").containsEntry("member", "db1");
        assertThat(taken.meaning()).isEqualTo(Verdict.Meaning.EVENT);
        assertThat(verdict.nearest()).isEmpty();
    }

    @Test
    void a_line_without_a_time_is_a_mark_or_of_no_use() {
        assertThat(explainUndated(Component.OPERATOR, "sudo poweroff")).isEqualTo(Verdict.Meaning.MARK);
        assertThat(explainUndated(Component.PATRONI, "Lock owner: db2; I am db1"))
                .isEqualTo(Verdict.Meaning.NEEDS_TIME);
    }

    @Test
    void every_example_of_the_catalog_is_explained_by_its_own_entry() {
        for (Entry entry : CATALOG.entries()) {
            for (Component component : entry.components()) {
                assertThat(explain(component, entry.examples().get(0)).taken().map(Verdict.Taken::entry))
                        .contains(entry);
            }
        }
    }

    @Test
    void of_an_unknown_message_the_nearest_entry_is_told_and_how_far_it_fits() {
        String message = "promoted self to leader by obtaining session lock";

        Attempt nearest = explain(Component.PATRONI, message).nearest().get(0);

        assertThat(nearest.entry().id()).isEqualTo("patroni.promoted-by-lock");
        assertThat(nearest.holdsLiteral()).isFalse();
        assertThat(nearest.reach()).hasValue(message.indexOf("obtaining"));
        assertThat(nearest.example()).isEqualTo("promoted self to leader by acquiring session lock");
    }

    @Test
    void an_entry_whose_literal_is_there_comes_before_one_that_only_resembles() {
        Attempt nearest = explain(Component.PATRONI, "Lock owner: db2; I am not db1")
                .nearest()
                .get(0);

        assertThat(nearest.entry().id()).isEqualTo("patroni.lock-owner");
        assertThat(nearest.holdsLiteral()).isTrue();
        assertThat(nearest.reach()).hasValue("Lock owner: db2; I am not".length());
    }

    @Test
    void a_message_that_breaks_off_fits_to_its_end() {
        Attempt nearest =
                explain(Component.PATRONI, "Lock owner: db2; I").nearest().get(0);

        assertThat(nearest.reach()).hasValue("Lock owner: db2; I".length());
    }

    @Test
    void a_message_that_resembles_nothing_has_no_nearest_entry() {
        assertThat(explain(Component.PATRONI, "xyzzy plugh").nearest()).isEmpty();
    }

    @Test
    void the_same_words_from_another_program_are_told() {
        Verdict verdict = explain(Component.OTHER, "promoted self to leader by acquiring session lock");

        assertThat(verdict.taken()).isEmpty();
        assertThat(verdict.fromOthers()).extracting(Entry::id).containsExactly("patroni.promoted-by-lock");
    }

    @Test
    void what_fits_is_the_longest_beginning_of_any_text_the_expression_matches() {
        Random random = new Random(5);
        Pattern expression = Pattern.compile("\\A(?s:a(?:bc|bd+e)?[xy]{2,3}z)\\z");
        for (int n = 0; n < 2000; n++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(9); length > 0; length--) {
                text.append("abcdexyz".charAt(random.nextInt(8)));
            }

            assertThat(Reach.of(expression, text.toString()))
                    .as(text.toString())
                    .isEqualTo(longest(text.toString()));
        }
    }

    @Test
    void an_endless_match_is_given_up() {
        assertThatThrownBy(() -> Reach.of(Pattern.compile("\\A(a+)+b\\z"), "a".repeat(3000) + "c"))
                .isInstanceOf(BoundedText.Exhausted.class);
    }

    /** By trying all that the expression of the test above can match, in up to twelve characters. */
    private static int longest(String text) {
        int longest = 0;
        StringBuilder middles = new StringBuilder();
        for (int ds = 1; ds <= 12; ds++) {
            middles.append(" b").append("d".repeat(ds)).append('e');
        }
        for (String middle : (" bc" + middles).split(" ", -1)) {
            for (String pairs : "xx xy yx yy xxx xxy xyx xyy yxx yxy yyx yyy".split(" ", -1)) {
                String whole = "a" + middle + pairs + "z";
                int same = 0;
                while (same < Math.min(whole.length(), text.length()) && whole.charAt(same) == text.charAt(same)) {
                    same++;
                }
                longest = Math.max(longest, same);
            }
        }
        return longest;
    }

    private static Verdict explain(Component component, String message) {
        Stamp stamp = new Stamp(Instant.EPOCH, Precision.SECONDS, Stamp.Clock.RECEPTION);
        return EXPLAINER.explain(line(Optional.of(stamp), component, message));
    }

    private static Verdict.Meaning explainUndated(Component component, String message) {
        return EXPLAINER
                .explain(line(Optional.empty(), component, message))
                .taken()
                .orElseThrow()
                .meaning();
    }

    private static LogLine line(Optional<Stamp> stamp, Component component, String message) {
        return new LogLine(
                stamp,
                Optional.of("db1"),
                Writer.UNKNOWN,
                Optional.empty(),
                component,
                Optional.empty(),
                message,
                Origin.line("db1.log", 1));
    }
}
