package io.failovertimeline.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.decode.load.LoadDecoder;
import io.failovertimeline.decode.load.LoadFormats;
import io.failovertimeline.decode.load.Outcome;
import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.RequestResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Excerpts of real runs against what the lab itself counted. */
class LoadLabTest {

    @Test
    void k6_json_tells_the_outage_of_a_killed_leader() throws IOException {
        assertThat(windows("leader-killed.k6.json"))
                .containsExactly(
                        "OUTAGE PostForecast 18:14:01.836 to 18:14:19.834, served 18:14:21.835: 39 of 40 [MICROS]");
    }

    @Test
    void vegeta_json_tells_the_outage_of_a_switchover() throws IOException {
        assertThat(windows("switchover.vegeta.json"))
                .containsExactly(
                        "OUTAGE GET /Cities 18:15:56.152 to 18:15:57.985, served 18:15:58.318: 9 of 12 [NANOS]",
                        "OUTAGE POST /Forecast 18:15:56.235 to 18:16:02.485, served 18:16:03.318: 16 of 19 [NANOS]",
                        "OUTAGE GET /Forecast/{id} 18:15:56.402 to 18:15:57.235, served 18:15:58.068: 5 of 5 [NANOS]");
    }

    @Test
    void k6_csv_tells_the_same_outage_up_to_a_second_early() throws IOException {
        assertThat(windows("switchover.k6.csv"))
                .containsExactly(
                        "OUTAGE PostForecast 18:15:55.962 to 18:16:01.981, served 18:16:02.967: 16 of 19 [SECONDS]",
                        "OUTAGE GetCities 18:15:55.978 to 18:15:57.968, served 18:15:57.976: 9 of 18 [SECONDS]",
                        "OUTAGE GetForecast 18:15:55.994 to 18:15:56.973, served 18:15:57.963: 5 of 6 [SECONDS]");
    }

    private static List<String> windows(String file) throws IOException {
        return ErrorWindows.of(LoadRun.buckets(requests(file))).stream()
                .map(LoadLabTest::inWords)
                .toList();
    }

    private static String inWords(ErrorWindow window) {
        return "%s %s %s to %s, served %s: %d of %d [%s]"
                .formatted(
                        window.kind(),
                        window.endpoint(),
                        clock(window.from()),
                        clock(window.to()),
                        window.servedAgain().map(LoadLabTest::clock).orElse("never"),
                        window.failedRequests(),
                        window.requests(),
                        window.precision());
    }

    private static String clock(Instant at) {
        return at.toString().substring(11, 23);
    }

    private static List<RequestResult> requests(String file) throws IOException {
        List<byte[]> lines = lines(file);
        LoadDecoder decoder =
                LoadFormats.detect(lines.get(0), 0, lines.get(0).length).orElseThrow();
        List<RequestResult> requests = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            decoder.decode(lines.get(i), 0, lines.get(i).length, Origin.line(file, i + 1))
                    .match(result -> requests.addAll(result.requests()), unreadable -> fail(unreadable), () -> false);
        }
        return requests;
    }

    private static List<byte[]> lines(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(LoadLabTest.class.getResourceAsStream("/load/" + file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.getBytes(StandardCharsets.UTF_8))
                    .toList();
        }
    }

    private static boolean fail(Outcome.Unreadable unreadable) {
        throw new AssertionError(unreadable);
    }
}
