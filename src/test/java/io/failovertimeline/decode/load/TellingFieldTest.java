package io.failovertimeline.decode.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.Origin;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TellingFieldTest {

    private final TellingField<String> field = new TellingField<>(Map.of("generator", "ours", "metric", "k6"));

    private Optional<String> first(String object) {
        byte[] bytes = object.getBytes(UTF_8);
        return field.first(new RawLine(bytes, 0, bytes.length, Origin.line("load.json", 1)));
    }

    @Test
    void the_first_that_tells_counts_wherever_it_stands() {
        assertThat(first("{\"generator\":\"k6\"}")).contains("ours");
        assertThat(first("{ \"n\" : [1, {\"metric\":2}], \"metric\":\"x\",\"generator\":\"k6\"}"))
                .contains("k6");
        assertThat(first("{\"nothing\":1}")).isEmpty();
    }

    @Test
    void names_and_values_that_are_written_in_an_unusual_way_are_read_as_well() {
        assertThat(first("{\"\\u0067enerator\":\"k6\"}")).contains("ours");
        assertThat(first("{\"note\":\"größer\",\"size\":1e3,\"metric\":\"x\"}")).contains("k6");
    }

    @Test
    void what_stands_behind_a_break_tells_nothing() {
        assertThat(first("{\"broken\":,\"metric\":1}")).isEmpty();
        assertThat(first("[]")).isEmpty();
    }
}
