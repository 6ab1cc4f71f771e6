package io.failovertimeline.correlate;

import static io.failovertimeline.correlate.LoadRun.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.failovertimeline.model.ErrorKind;
import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.ServedAround;
import io.failovertimeline.model.ServedLatency;
import io.failovertimeline.model.WindowKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ErrorWindowsTest {

    @Test
    void an_outage_goes_from_the_first_failure_to_the_last_and_ends_with_the_next_success() {
        LoadRun run = new LoadRun("GET /Cities")
                .serving(0, 5, 0.25)
                .failing(5, 9.5, 0.25)
                .serving(9.5, 12, 0.25);

        List<ErrorWindow> windows = ErrorWindows.of(run.buckets());

        assertThat(windows.stream().map(window -> window.around(ServedAround.UNKNOWN)))
                .containsExactly(new ErrorWindow(
                        WindowKind.OUTAGE,
                        "main",
                        "k6",
                        "GET /Cities",
                        at(5),
                        at(9.25),
                        Precision.MILLIS,
                        Optional.of(at(9.5)),
                        20,
                        18,
                        Duration.ofSeconds(2),
                        errors(18)));
        assertThat(windows.get(0).outage()).isEqualTo(Duration.ofMillis(4_500));
    }

    @Test
    void it_tells_how_long_served_requests_took_before_within_and_after_it() {
        LoadRun run = new LoadRun("GET /Cities")
                .serving(0, 5, 0.25)
                .failing(5, 9, 0.25)
                .serving(9, 12, 0.25);

        ServedAround served = ErrorWindows.of(run.buckets()).get(0).served();

        assertThat(served.before()).map(ServedLatency::requests).contains(20L);
        assertThat(served.inside()).isEmpty();
        assertThat(served.after()).map(ServedLatency::requests).contains(12L);
        assertThat(served.before().orElseThrow().p99()).isBetween(Duration.ofMillis(19), Duration.ofMillis(21));
    }

    @Test
    void it_tells_of_what_kind_the_failures_were() {
        LoadRun run = new LoadRun("GET /Cities").failing(5, 9, 0.25);

        assertThat(ErrorWindows.of(run.buckets()).get(0).errorKinds())
                .containsExactly(Map.entry(ErrorKind.SERVER_ERROR, 16L));
    }

    @Test
    void without_failures_there_is_no_window() {
        assertThat(ErrorWindows.of(
                        new LoadRun("GET /Cities").serving(0, 60, 0.5).buckets()))
                .isEmpty();
        assertThat(ErrorWindows.of(List.of())).isEmpty();
    }

    @Test
    void twelve_quiet_seconds_do_not_part_a_window_and_more_do() {
        assertThat(ErrorWindows.of(new LoadRun("GET /Cities").failed(0, 12).buckets()))
                .hasSize(1);
        assertThat(ErrorWindows.of(new LoadRun("GET /Cities").failed(0, 12.001).buckets()))
                .hasSize(2);
    }

    @Test
    void a_stray_failure_before_an_outage_does_not_stretch_it() {
        LoadRun run = new LoadRun("GET /Cities")
                .failed(0.5)
                .serving(1, 5, 0.25)
                .failing(5, 20, 0.25)
                .serving(20, 24, 0.25)
                .failed(24.5);

        assertThat(ErrorWindows.of(run.buckets()))
                .extracting(ErrorWindow::kind, ErrorWindow::from, ErrorWindow::to)
                .containsExactly(
                        tuple(WindowKind.ISOLATED, at(0.5), at(0.5)),
                        tuple(WindowKind.OUTAGE, at(5), at(19.75)),
                        tuple(WindowKind.ISOLATED, at(24.5), at(24.5)));
    }

    @Test
    void few_successes_within_an_outage_do_not_part_it() {
        LoadRun run =
                new LoadRun("GET /Cities").failing(0, 5, 0.1).serving(5, 9, 0.1).failing(9, 14, 0.1);

        assertThat(ErrorWindows.of(run.buckets()))
                .extracting(ErrorWindow::from, ErrorWindow::to, ErrorWindow::requests)
                .containsExactly(tuple(at(0), at(13.9), 140L));
    }

    @Test
    void successes_at_the_edges_of_failing_seconds_count_as_far_as_they_are_certain() {
        LoadRun apart =
                new LoadRun("GET /Cities").failed(0.1).serving(0.4, 1.4, 0.1).failed(1.5);
        LoadRun straddled = new LoadRun("GET /Cities")
                .served(0)
                .failed(0.1)
                .serving(0.4, 1.4, 0.1)
                .failed(1.5)
                .served(1.6);

        assertThat(ErrorWindows.of(apart.buckets())).hasSize(2);
        assertThat(ErrorWindows.of(straddled.buckets())).hasSize(1);
    }

    @Test
    void a_cut_can_make_the_next_one_possible() {
        // 20 successes are too few for the second gap while 25 failures stand before it, and enough for the 5 left by
        // the first cut.
        LoadRun run = new LoadRun("GET /Cities")
                .failing(0, 2, 0.1)
                .serving(2, 8, 0.1)
                .failing(8, 9, 0.2)
                .serving(9, 11, 0.1)
                .failing(11, 13, 0.1);

        assertThat(ErrorWindows.of(run.buckets()))
                .extracting(ErrorWindow::failedRequests)
                .containsExactly(20L, 5L, 20L);
    }

    @Test
    void two_failures_are_isolated_and_three_are_judged_by_their_share() {
        LoadRun two = new LoadRun("a").failed(1, 2);
        LoadRun mostServed = new LoadRun("b")
                .failed(1)
                .served(1.1)
                .served(1.2)
                .failed(1.3)
                .serving(1.4, 1.8, 0.1)
                .failed(1.9);
        LoadRun halfServed = new LoadRun("c")
                .failed(1, 1.1)
                .served(1.2)
                .served(1.3)
                .served(1.4)
                .failed(1.5);

        List<LoadBucket> buckets = new ArrayList<>(two.buckets());
        buckets.addAll(mostServed.buckets());
        buckets.addAll(halfServed.buckets());

        assertThat(ErrorWindows.of(buckets))
                .extracting(ErrorWindow::kind)
                .containsExactly(WindowKind.ISOLATED, WindowKind.BROWN_OUT, WindowKind.OUTAGE);
    }

    @Test
    void what_was_served_in_the_same_second_but_outside_does_not_make_an_outage_a_brown_out() {
        LoadRun run = new LoadRun("GET /Cities").serving(0, 0.5, 0.1).failing(0.6, 0.9, 0.1);

        assertThat(ErrorWindows.of(run.buckets()))
                .extracting(ErrorWindow::kind, ErrorWindow::requests)
                .containsExactly(tuple(WindowKind.OUTAGE, 8L));
    }

    @Test
    void served_again_is_exact_where_the_buckets_tell_and_less_than_a_second_late_where_not() {
        LoadRun laterSecond =
                new LoadRun("a").served(1.1).failed(1.5).served(3.2).served(3.4);
        LoadRun sameSecond = new LoadRun("b").failed(1.5).served(1.6).served(1.7);
        LoadRun bothSides =
                new LoadRun("c").served(1.1).failed(1.5).served(1.6).served(1.7).served(2.1);
        LoadRun never = new LoadRun("d").served(1.1).failed(1.5);

        List<LoadBucket> buckets = new ArrayList<>(laterSecond.buckets());
        buckets.addAll(sameSecond.buckets());
        buckets.addAll(bothSides.buckets());
        buckets.addAll(never.buckets());

        assertThat(ErrorWindows.of(buckets))
                .extracting(ErrorWindow::servedAgain)
                .containsExactly(Optional.of(at(3.2)), Optional.of(at(1.6)), Optional.of(at(1.7)), Optional.empty());
    }

    @Test
    void endpoints_are_told_apart_and_windows_come_in_order_of_time() {
        List<LoadBucket> buckets =
                new ArrayList<>(new LoadRun("POST /Forecast").failed(3, 9).buckets());
        buckets.addAll(new LoadRun("GET /Cities").failed(3, 8).buckets());
        buckets.addAll(new LoadRun("GET /Forecast/{id}").failed(1).buckets());

        assertThat(ErrorWindows.of(buckets))
                .extracting(ErrorWindow::endpoint)
                .containsExactly("GET /Forecast/{id}", "GET /Cities", "POST /Forecast");
    }

    private static SortedMap<String, Long> errors(long count) {
        SortedMap<String, Long> errors = new TreeMap<>();
        errors.put("HTTP 500", count);
        return errors;
    }
}
