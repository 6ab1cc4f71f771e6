package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.load.EndpointPatterns;
import io.failovertimeline.decode.load.GivenLoads;
import io.failovertimeline.model.EndpointSummary;
import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.Report;
import io.failovertimeline.recognize.Catalog;
import io.failovertimeline.recognize.Recognizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One run of 2,000 requests with a fault, as each format tells of it. */
class SameRunInAllFormatsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(LoadForm.class)
    void each_format_tells_the_same_failures_to_its_resolution(LoadForm form) throws IOException {
        List<SentRequest> run = SentRequest.run();
        List<String> names = form.tellsEndpoints() ? List.of("cities", "forecast") : List.of("");

        Report report = read(form, run);

        for (String name : names) {
            List<EndpointSummary> told = report.endpoints().stream()
                    .filter(endpoint -> isOf(endpoint.endpoint(), name))
                    .toList();
            List<SentRequest> own =
                    run.stream().filter(sent -> sent.name().contains(name)).toList();
            List<Instant> failed = own.stream()
                    .filter(sent -> sent.failed() && form.telling() != LoadForm.Telling.WITHOUT_FAILURES)
                    .map(form.tellsEnds() ? SentRequest::end : SentRequest::start)
                    .toList();
            assertThat(told).hasSize(1);
            assertThat(told.get(0).requests()).isEqualTo(own.size());
            assertThat(told.get(0).failedRequests()).isEqualTo(failed.size());
            if (!failed.isEmpty()) {
                near(told.get(0).firstFailureAt().orElseThrow(), Collections.min(failed), form);
                near(told.get(0).lastFailureAt().orElseThrow(), Collections.max(failed), form);
            }
            assertThat(report.findings().errorWindows().stream()
                            .filter(window -> isOf(window.endpoint(), name))
                            .mapToLong(ErrorWindow::failedRequests)
                            .sum())
                    .isEqualTo(failed.size());
        }
        assertThat(report.problems()).isEmpty();
    }

    /** pgbench numbers its scripts. */
    private static boolean isOf(String endpoint, String name) {
        return endpoint.contains(name)
                || endpoint.equals("script 0") && name.equals("cities")
                || endpoint.equals("script 1") && name.equals("forecast");
    }

    private static void near(Instant told, Instant truth, LoadForm form) {
        assertThat(Duration.between(told, truth).toMillis()).isBetween(0L, form.resolutionMillis() - 1);
    }

    private Report read(LoadForm form, List<SentRequest> run) throws IOException {
        Path file = Files.writeString(folder.resolve("run.txt"), form.file(run), StandardCharsets.UTF_8);
        GivenLoads given = GivenLoads.parse(
                form == LoadForm.HEY || form == LoadForm.OHA ? List.of("*run.txt=" + SentRequest.BEGIN) : List.of(),
                EndpointPatterns.NONE);
        return new Replay(new Recognizer(Catalog.builtIn()), InputStream.nullInputStream(), given)
                .run(List.of(file.toString()), GivenZones.NONE, ProgressListener.NONE);
    }
}
