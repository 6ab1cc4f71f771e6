package io.failovertimeline.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.EventKind;
import io.failovertimeline.publish.TextStory.Row;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoryDigestTest {

    @Test
    void what_is_key_stays_whatever_else_there_is() {
        List<Row> rows = List.of(row("1", EventKind.REWIND), row("2", EventKind.PROMOTED), key("3"), key("4"));

        assertThat(StoryDigest.of(rows, 2)).extracting(Row::text).containsExactly("3", "4");
    }

    @Test
    void of_each_kind_the_first_comes_before_any_second() {
        List<Row> rows = List.of(
                row("1", EventKind.PROMOTED),
                row("2", EventKind.PROMOTED),
                row("3", EventKind.REWIND),
                row("4", EventKind.REWIND));

        assertThat(StoryDigest.of(rows, 2)).extracting(Row::text).containsExactly("1", "3");
    }

    @Test
    void the_weightiest_is_chosen_and_the_order_kept() {
        List<Row> rows =
                List.of(row("1", EventKind.REWIND), row("2", EventKind.STREAM_LOST), row("3", EventKind.FAULT_SIGNAL));

        assertThat(StoryDigest.of(rows, 2)).extracting(Row::text).containsExactly("2", "3");
    }

    private static Row row(String text, EventKind kind) {
        return new Row(false, false, Optional.empty(), "", "db1", Optional.of(kind), text, "");
    }

    private static Row key(String text) {
        return new Row(true, true, Optional.empty(), "", "db1", Optional.of(EventKind.REWIND), text, "");
    }
}
