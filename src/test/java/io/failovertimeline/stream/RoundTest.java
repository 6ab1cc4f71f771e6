package io.failovertimeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RoundTest {

    private final Set<String> clusters = new TreeSet<>(List.of("a", "b", "c"));
    private final List<String> visited = new ArrayList<>();

    @Test
    void where_there_is_time_all_are_visited_each_time() {
        Round round = new Round(Duration.ofDays(1));
        round.go(clusters, visited::add);
        clusters.add("d");
        round.go(clusters, visited::add);

        assertThat(visited).containsExactly("a", "b", "c", "a", "b", "c", "d");
    }

    @Test
    void where_the_time_is_up_the_next_one_is_the_first_that_was_not_visited() {
        Round round = new Round(Duration.ZERO);
        for (int turn = 0; turn < 4; turn++) {
            round.go(clusters, visited::add);
        }

        assertThat(visited).containsExactly("a", "b", "c", "a");
    }

    @Test
    void a_new_round_begins_with_the_first() {
        Round round = new Round(Duration.ZERO);
        round.go(clusters, visited::add);
        round.begin();
        round.go(clusters, visited::add);

        assertThat(visited).containsExactly("a", "a");
    }
}
