package io.failovertimeline.correlate;

import static io.failovertimeline.correlate.LoadRun.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.RequestResult;
import io.failovertimeline.model.WindowKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowRunsTest {

    @Test
    void requests_that_are_served_much_more_slowly_than_before_are_a_brown_out_without_failures() {
        LoadRun run = new LoadRun("GET /Cities")
                .serving(0, 30, 0.1)
                .servingIn(1_500, 30, 36, 0.2)
                .serving(36, 50, 0.1);

        List<ErrorWindow> waits = waits(run);

        assertThat(waits).hasSize(1);
        ErrorWindow slow = waits.get(0);
        assertThat(slow.kind()).isEqualTo(WindowKind.BROWN_OUT);
        assertThat(slow.from()).isEqualTo(at(30));
        assertThat(slow.to()).isEqualTo(at(35));
        assertThat(slow.servedAgain()).contains(at(36));
        assertThat(slow.requests()).isEqualTo(30);
        assertThat(slow.failedRequests()).isZero();
        assertThat(slow.slowest()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(slow.slowness().orElseThrow().slowRequests()).isEqualTo(30);
        assertThat(slow.slowness().orElseThrow().limit()).isBetween(Duration.ofMillis(115), Duration.ofMillis(125));
        assertThat(slow.served().before().orElseThrow().median()).isLessThan(Duration.ofMillis(21));
        assertThat(slow.served().inside().orElseThrow().median()).isGreaterThan(Duration.ofMillis(1_400));
    }

    @Test
    void what_is_slow_is_measured_by_the_endpoint_itself() {
        LoadRun usual = new LoadRun("GET /Report").servingIn(1_500, 0, 60, 0.2);

        assertThat(waits(usual)).isEmpty();
    }

    @Test
    void a_few_slow_requests_among_many_fast_ones_are_none() {
        LoadRun run = new LoadRun("GET /Cities").serving(0, 60, 0.1);
        for (int second = 20; second < 50; second++) {
            run.servingIn(3_000, second, second + 0.25, 0.1);
        }

        assertThat(waits(run)).isEmpty();
    }

    @Test
    void two_slow_requests_are_none_and_three_are_one() {
        assertThat(waits(new LoadRun("GET /Cities")
                        .serving(0, 30, 0.1)
                        .servingIn(900, 30, 31, 0.5)
                        .serving(31, 40, 0.1)))
                .isEmpty();
        assertThat(waits(new LoadRun("GET /Cities")
                        .serving(0, 30, 0.1)
                        .servingIn(900, 30, 31, 0.34)
                        .serving(31, 40, 0.1)))
                .hasSize(1);
    }

    @Test
    void nothing_is_slow_as_long_as_too_little_was_seen() {
        LoadRun run = new LoadRun("GET /Cities").serving(0, 9, 0.1).servingIn(5_000, 9, 15, 0.2);

        assertThat(waits(run)).isEmpty();
    }

    @Test
    void an_outage_is_no_brown_out_and_what_is_slow_after_it_is_one_of_its_own() {
        LoadRun run = new LoadRun("GET /Cities")
                .serving(0, 30, 0.1)
                .failing(30, 36, 0.1)
                .servingIn(2_000, 37, 40, 0.1)
                .serving(40, 60, 0.1);

        List<ErrorWindow> waits = waits(run);

        assertThat(waits).hasSize(1);
        assertThat(waits.get(0).from()).isEqualTo(at(37));
        assertThat(waits.get(0).servedAgain()).contains(at(40));
    }

    @Test
    void slow_seconds_at_the_end_of_the_input_are_not_over() {
        LoadRun run = new LoadRun("GET /Cities").serving(0, 30, 0.1).servingIn(2_000, 30, 40, 0.1);

        assertThat(waits(run)).singleElement().matches(window -> window.servedAgain()
                .isEmpty());
    }

    static List<ErrorWindow> waits(LoadRun run) {
        return waits(run.requests());
    }

    static List<ErrorWindow> waits(List<RequestResult> requests) {
        List<LoadSeries> series = LoadSeries.of(LoadRun.buckets(requests));
        return Waits.in(series, ErrorWindows.in(series));
    }
}
