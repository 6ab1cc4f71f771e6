package io.failovertimeline.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.EventKind;
import io.failovertimeline.publish.TextStory.Row;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoryDigestTest {

    @Test
    void of_a_run_of_routine_lines_the_first_and_the_last_stay() {
        List<Row> rows = List.of(rewind("1"), rewind("2"), rewind("3"), rewind("4"));

        assertThat(StoryDigest.of(rows)).extracting(Row::text).containsExactly("1", "… 2 more: rewind", "4");
    }

    @Test
    void a_proof_is_never_folded() {
        Row proof = new Row(true, "", "db1", Optional.of(EventKind.REWIND), "proof", "");
        List<Row> rows = List.of(rewind("1"), rewind("2"), proof, rewind("3"), rewind("4"));

        assertThat(StoryDigest.of(rows)).extracting(Row::text).containsExactly("1", "2", "proof", "3", "4");
    }

    @Test
    void turning_points_are_never_folded() {
        Row promoted = new Row(false, "", "db1", Optional.of(EventKind.PROMOTED), "promoted", "");

        assertThat(StoryDigest.of(List.of(promoted, promoted, promoted, promoted)))
                .hasSize(4);
    }

    private static Row rewind(String text) {
        return new Row(false, "", "db1", Optional.of(EventKind.REWIND), text, "");
    }
}
