package io.failovertimeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryTargetsTest {

    @Test
    void a_cluster_has_its_own_target_or_that_of_all() {
        RecoveryTargets targets = RecoveryTargets.parse(List.of("30s", "batman=1m30s", "orders=500ms"));

        assertThat(targets.of("other")).contains(Duration.ofSeconds(30));
        assertThat(targets.of("batman")).contains(Duration.ofSeconds(90));
        assertThat(targets.of("orders")).contains(Duration.ofMillis(500));
        assertThat(RecoveryTargets.NONE.of("batman")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "batman=", "s", "30 s", "-30s", "30s1h", "batman=soon"})
    void what_is_no_time_is_refused(String text) {
        assertThatThrownBy(() -> RecoveryTargets.parse(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no time such as 30s");
    }

    @Test
    void an_outage_that_is_longer_misses_the_target_though_it_is_not_over() {
        assertThat(outage(31, false).against(Duration.ofSeconds(30))).isEqualTo(RtoVerdict.MISSED);
    }

    @Test
    void an_outage_that_is_not_over_is_unknown_until_it_is_too_long() {
        assertThat(outage(29, false).against(Duration.ofSeconds(30))).isEqualTo(RtoVerdict.UNKNOWN);
        assertThat(outage(30, true).against(Duration.ofSeconds(30))).isEqualTo(RtoVerdict.MET);
    }

    @Test
    void of_several_the_worst_counts_and_of_none_nothing_is_known() {
        Duration target = Duration.ofSeconds(30);

        assertThat(RtoVerdict.of(List.of(outage(1, true), outage(40, true), outage(2, false)), target))
                .isEqualTo(RtoVerdict.MISSED);
        assertThat(RtoVerdict.of(List.of(outage(1, true), outage(2, false)), target))
                .isEqualTo(RtoVerdict.UNKNOWN);
        assertThat(RtoVerdict.of(List.of(outage(0, true)), target)).isEqualTo(RtoVerdict.MET);
        assertThat(RtoVerdict.of(List.of(), target)).isEqualTo(RtoVerdict.UNKNOWN);
    }

    private static ClientOutage outage(long seconds, boolean over) {
        return new ClientOutage("k6", Optional.empty(), Duration.ofSeconds(seconds), Duration.ZERO, over);
    }
}
