package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.decode.GivenZones;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One run of 2,000 requests with a fault, as each format that keeps requests writes it. */
class SameRunInAllFormatsTest {

    private static final Instant BEGIN = Instant.parse("2023-12-10T13:19:50Z");

    @TempDir
    Path folder;

    private record Sent(String name, Instant start, long millis, boolean failed) {
        private Instant end() {
            return start.plusMillis(millis);
        }

        private String status() {
            return failed ? "503" : "200";
        }

        private String unix(Instant at) {
            return String.format(Locale.ROOT, "%d.%03d", at.getEpochSecond(), at.getNano() / 1_000_000);
        }
    }

    private enum Form {
        K6_CSV(
                1_000,
                "metric_name,timestamp,metric_value,check,error,error_code,expected_response,group,method,name,proto,"
                        + "scenario,service,status,subproto,tls_version,url,extra_tags,metadata\n",
                sent -> k6Row("http_req_duration", sent, sent.millis() + ".000000")
                        + k6Row("http_req_failed", sent, sent.failed() ? "1.000000" : "0.000000")),
        K6_JSON(
                1,
                "",
                sent -> k6Point("http_req_duration", sent, sent.millis())
                        + k6Point("http_req_failed", sent, sent.failed() ? 1 : 0)),
        VEGETA_JSON(
                1,
                "",
                sent -> String.format(
                        Locale.ROOT,
                        "{\"attack\":\"\",\"seq\":1,\"code\":%s,\"timestamp\":\"%s\",\"latency\":%d,\"bytes_out\":0,\"bytes_in\":1,"
                                + "\"error\":\"\",\"body\":null,\"method\":\"GET\",\"url\":\"http://app/%s\",\"headers\":null}%n",
                        sent.status(),
                        sent.start(),
                        sent.millis() * 1_000_000,
                        sent.name())),
        JMETER_CSV(
                1,
                "timeStamp,elapsed,label,responseCode,responseMessage,threadName,success,bytes\n",
                sent -> String.format(
                        Locale.ROOT,
                        "%d,%d,%s,%s,,t 1-1,%s,10%n",
                        sent.start().toEpochMilli(),
                        sent.millis(),
                        sent.name(),
                        sent.status(),
                        !sent.failed())),
        REQUEST_JSON(
                1,
                "",
                sent -> String.format(
                        Locale.ROOT,
                        "{\"generator\":\"mine\",\"endpoint\":\"%s\",\"start\":\"%s\",\"precision\":\"MILLIS\",\"latencyMs\":%d,"
                                + "\"failed\":%s,\"error\":\"%s\"}%n",
                        sent.name(),
                        sent.start(),
                        sent.millis(),
                        sent.failed(),
                        sent.failed() ? "HTTP 503" : "")),
        LOCUST_REQUESTS(
                1,
                "",
                sent -> String.format(
                        Locale.ROOT,
                        "{\"request_type\":\"GET\",\"name\":\"%s\",\"response_time\":%d,\"start_time\":%s,\"exception\":%s}%n",
                        sent.name(),
                        sent.millis(),
                        sent.unix(sent.start()),
                        sent.failed() ? "\"HTTPError('503 Server Error: x for url: y')\"" : "null"));

        private final long resolutionMillis;
        private final String header;
        private final Function<Sent, String> lines;

        Form(long resolutionMillis, String header, Function<Sent, String> lines) {
            this.resolutionMillis = resolutionMillis;
            this.header = header;
            this.lines = lines;
        }

        private static String k6Row(String metric, Sent sent, String value) {
            return metric + "," + sent.end().getEpochSecond() + "," + value + ",,," + (sent.failed() ? "1503" : "")
                    + ","
                    + !sent.failed() + ",,GET," + sent.name() + ",HTTP/1.1,default,," + sent.status() + ",,,http://app/"
                    + sent.name() + ",,\n";
        }

        private static String k6Point(String metric, Sent sent, long value) {
            return String.format(
                    Locale.ROOT,
                    "{\"metric\":\"%s\",\"type\":\"Point\",\"data\":{\"time\":\"%s\",\"value\":%d,\"tags\":{"
                            + "\"expected_response\":\"%s\",\"method\":\"GET\",\"name\":\"%s\",\"status\":\"%s\","
                            + "\"url\":\"http://app/%s\"}}}%n",
                    metric,
                    sent.end(),
                    value,
                    !sent.failed(),
                    sent.name(),
                    sent.status(),
                    sent.name());
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void each_format_tells_the_same_failures_to_its_resolution(Form form) throws IOException {
        List<Sent> run = run();

        Report report = read(form, run);

        for (String name : List.of("cities", "forecast")) {
            EndpointSummary told = report.endpoints().stream()
                    .filter(endpoint -> endpoint.endpoint().endsWith(name))
                    .findFirst()
                    .orElseThrow();
            List<Sent> own =
                    run.stream().filter(sent -> sent.name().equals(name)).toList();
            List<Instant> failed =
                    own.stream().filter(Sent::failed).map(Sent::start).toList();
            assertThat(told.requests()).isEqualTo(own.size());
            assertThat(told.failedRequests()).isEqualTo(failed.size());
            near(told.firstFailureAt().orElseThrow(), failed.get(0), form);
            near(told.lastFailureAt().orElseThrow(), failed.get(failed.size() - 1), form);
            assertThat(report.findings().errorWindows().stream()
                            .filter(window -> window.endpoint().endsWith(name))
                            .mapToLong(ErrorWindow::failedRequests)
                            .sum())
                    .isEqualTo(failed.size());
        }
        assertThat(report.problems()).isEmpty();
    }

    private static void near(Instant told, Instant truth, Form form) {
        assertThat(Duration.between(told, truth).toMillis()).isBetween(0L, form.resolutionMillis - 1);
    }

    /** In order of their ends, as generators write: fast, then 20 s of failures after up to 2 s, with a stray one long before. */
    private static List<Sent> run() {
        Random random = new Random(17);
        List<Sent> run = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Instant start = BEGIN.plusMillis(i * 50L + random.nextInt(50));
            boolean failed = i == 120 || (i >= 1_000 && i < 1_400);
            run.add(new Sent(
                    i % 3 == 0 ? "forecast" : "cities", start, failed ? 2_000 : 5 + random.nextInt(40), failed));
        }
        return run;
    }

    private Report read(Form form, List<Sent> run) throws IOException {
        StringBuilder text = new StringBuilder(form.header);
        run.stream()
                .sorted(java.util.Comparator.comparing(Sent::end))
                .forEach(sent -> text.append(form.lines.apply(sent).replace(System.lineSeparator(), "\n")));
        Path file = Files.writeString(folder.resolve("run.txt"), text, StandardCharsets.UTF_8);
        return new Replay(new Recognizer(Catalog.builtIn()), InputStream.nullInputStream())
                .run(List.of(file.toString()), GivenZones.NONE, ProgressListener.NONE);
    }
}
