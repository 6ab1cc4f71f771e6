package io.failovertimeline.correlate;

import static io.failovertimeline.correlate.LoadRun.at;
import static io.failovertimeline.correlate.SlowRunsTest.waits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.RequestResult;
import io.failovertimeline.model.Stall;
import io.failovertimeline.model.WindowKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StallsTest {

    @Test
    void clients_that_hang_and_go_on_as_before_stall_from_when_the_requests_were_sent_that_hung() {
        LoadRun run = new LoadRun("GET /Cities")
                .serving(0, 40, 0.1)
                .servingIn(20_000, 40, 40.5, 0.1)
                .serving(60.2, 100, 0.1);

        List<ErrorWindow> waits = waits(run);

        assertThat(waits).hasSize(1);
        ErrorWindow window = waits.get(0);
        assertThat(window.kind()).isEqualTo(WindowKind.STALL);
        assertThat(window.from()).isEqualTo(at(40));
        assertThat(window.precision()).isEqualTo(Precision.SECONDS);
        assertThat(window.to()).isEqualTo(at(60.2));
        assertThat(window.servedAgain()).contains(at(60.2));
        assertThat(window.outage()).isEqualTo(Duration.ofMillis(20_200));
        Stall proof = window.stall().orElseThrow();
        assertThat(proof.ratePerSecondBefore()).isCloseTo(10, within(0.5));
        assertThat(proof.ratePerSecondDuring()).isZero();
        assertThat(proof.ratePerSecondAfter()).isCloseTo(10, within(0.5));
        assertThat(proof.hungRequests()).isEqualTo(5);
    }

    @Test
    void where_no_request_hung_it_begins_with_the_last_that_was_sent() {
        LoadRun run = new LoadRun("GET /Cities").serving(0, 40, 0.1).serving(60, 100, 0.1);

        assertThat(waits(run)).singleElement().satisfies(window -> {
            assertThat(window.from()).isEqualTo(at(39.9));
            assertThat(window.precision()).isEqualTo(Precision.MILLIS);
            assertThat(window.stall().orElseThrow().hungRequests()).isZero();
        });
    }

    @Test
    void a_trickle_is_a_stall_too() {
        LoadRun run = new LoadRun("GET /Cities")
                .serving(0, 40, 0.05)
                .serving(40, 55, 1)
                .serving(55, 90, 0.05);

        assertThat(waits(run)).singleElement().matches(window -> window.kind() == WindowKind.STALL);
    }

    @Test
    void a_test_that_ends_or_ramps_down_or_up_does_not_stall() {
        LoadRun ends = new LoadRun("GET /Cities").serving(0, 40, 0.1);
        LoadRun rampsDown = new LoadRun("GET /Cities")
                .serving(0, 40, 0.05)
                .serving(40, 60, 0.1)
                .serving(60, 80, 0.2)
                .serving(80, 100, 1);
        LoadRun startsAnewWithLess =
                new LoadRun("GET /Cities").serving(0, 40, 0.05).serving(60, 100, 0.5);
        LoadRun rampsUp = new LoadRun("GET /Cities").serving(0, 40, 1).serving(40, 80, 0.05);

        assertThat(waits(ends)).isEmpty();
        assertThat(waits(rampsDown)).isEmpty();
        assertThat(waits(startsAnewWithLess)).isEmpty();
        assertThat(waits(rampsUp)).isEmpty();
    }

    @Test
    void requests_that_come_in_bursts_do_not_stall() {
        LoadRun bursts = new LoadRun("POST /batch");
        for (int begin = 0; begin < 600; begin += 20) {
            bursts.serving(begin, begin + 2, 0.02);
        }

        assertThat(waits(bursts)).isEmpty();
    }

    @Test
    void of_rare_requests_a_pause_must_be_long_to_be_a_stall() {
        LoadRun run = new LoadRun("POST /Forecast").serving(0, 60, 2).serving(72, 120, 2);

        assertThat(waits(run)).isEmpty();
    }

    @Test
    void an_outage_that_clients_waited_in_is_no_stall_besides() {
        LoadRun run = new LoadRun("GET /Cities")
                .serving(0, 40, 0.1)
                .failed(40, 40.1, 40.2, 40.3)
                .serving(60, 100, 0.1);

        assertThat(waits(run)).isEmpty();
    }

    @Test
    void a_stray_failure_does_not_hide_a_stall() {
        LoadRun run =
                new LoadRun("GET /Cities").serving(0, 40, 0.1).failed(20.05).serving(60, 100, 0.1);

        assertThat(waits(run)).hasSize(1);
    }

    @Test
    void endpoints_that_are_rarely_asked_for_show_together_that_clients_stood_still() {
        List<RequestResult> rare = new ArrayList<>();
        for (int endpoint = 0; endpoint < 8; endpoint++) {
            rare.addAll(new LoadRun("GET /page-" + endpoint)
                    .serving(endpoint * 0.25, 60, 2)
                    .serving(70 + endpoint * 0.25, 120, 2)
                    .requests());
        }

        assertThat(waits(rare)).singleElement().satisfies(window -> {
            assertThat(window.kind()).isEqualTo(WindowKind.STALL);
            assertThat(window.endpoint()).isEqualTo("(all endpoints)");
            assertThat(window.to()).isEqualTo(at(70));
            assertThat(window.stall().orElseThrow().ratePerSecondBefore()).isCloseTo(4, within(0.5));
        });
    }

    @Test
    void a_stall_that_an_endpoint_shows_is_not_told_again_for_all() {
        List<RequestResult> both = new ArrayList<>(new LoadRun("GET /Cities")
                .serving(0, 40, 0.1)
                .serving(60, 100, 0.1)
                .requests());
        both.addAll(new LoadRun("GET /Forecast")
                .serving(0, 40, 2)
                .serving(60, 100, 2)
                .requests());

        assertThat(waits(both)).extracting(ErrorWindow::endpoint).containsExactly("GET /Cities");
    }

    @Test
    void one_endpoint_that_is_asked_for_no_more_is_no_stall_of_all() {
        List<RequestResult> both =
                new ArrayList<>(new LoadRun("GET /Cities").serving(0, 100, 0.5).requests());
        both.addAll(new LoadRun("GET /Forecast").serving(0, 40, 2).requests());

        assertThat(waits(both)).isEmpty();
    }
}
