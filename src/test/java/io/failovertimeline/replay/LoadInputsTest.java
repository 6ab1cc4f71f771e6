package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.decode.Framing;
import io.failovertimeline.model.EndpointBasis;
import io.failovertimeline.model.EndpointSummary;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Problem;
import io.failovertimeline.model.Report;
import io.failovertimeline.model.RequestResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadInputsTest {

    private static final String XML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testResults version="1.2"><!-- > <sample> -->
            <httpSample t="9" ts="1702214394575" s="true" lb="GET /a>b" rc="200" rm="OK">
              <responseData class="x"><![CDATA[</httpSample> ]]></responseData>
              <httpSample t="3" ts="1702214394575" s="true" lb="GET /a-0" rc="302" rm="Found"/>
            </httpSample>
            <httpSample t="2103" ts="1702214394600" s="false" lb='GET "b"' rc="503" rm="x"/>
            </testResults>
            """;

    @TempDir
    private Path folder;

    @Test
    void a_balancers_log_is_both_log_and_load_result() throws IOException {
        copy("patroni-frozen.haproxy.log", "lb1/haproxy.log");

        Report report = Lab.replay(folder);

        assertThat(report.endpoints())
                .extracting(EndpointSummary::generator, EndpointSummary::endpoint, EndpointSummary::requests)
                .contains(org.assertj.core.groups.Tuple.tuple("haproxy lb1", "GET /Cities", 44L));
        assertThat(report.endpoints().stream()
                        .mapToLong(EndpointSummary::requests)
                        .sum())
                .isEqualTo(114);
        assertThat(report.endpoints().get(0).firstFailureAt()).contains(Instant.parse("2026-11-22T18:17:39.463Z"));
        assertThat(report.inputs().get(0).counts().recognized()).isEqualTo(118);
    }

    @Test
    void lines_of_one_balancer_in_two_inputs_stand_side_by_side() throws IOException {
        copy("patroni-frozen.haproxy.log", "haproxy.log");
        Files.writeString(
                folder.resolve("again.log"), Files.readString(folder.resolve("haproxy.log")) + "\n# other bytes\n");

        assertThat(Lab.replay(folder).endpoints())
                .extracting(EndpointSummary::generator)
                .containsOnly("haproxy lb1 (again.log)", "haproxy lb1 (haproxy.log)");
    }

    @Test
    void a_file_that_comes_twice_counts_once_and_runs_of_two_folders_stand_side_by_side() throws IOException {
        copy("power-cut.jmeter.csv", "a/results.jtl");
        copy("power-cut.jmeter.csv", "b/results.jtl");
        Report same = Lab.replay(folder);
        Files.writeString(folder.resolve("b/results.jtl"), Files.readString(folder.resolve("a/results.jtl")) + "\n");
        Report two = Lab.replay(folder);

        assertThat(same.problems())
                .extracting(Problem::what)
                .contains("has the same content as a/results.jtl; counted once");
        assertThat(same.endpoints()).extracting(EndpointSummary::generator).containsOnly("jmeter");
        assertThat(two.endpoints()).extracting(EndpointSummary::generator).containsOnly("jmeter (a)", "jmeter (b)");
    }

    @Test
    void any_order_of_rows_tells_the_same() throws IOException {
        copy("power-cut.jmeter.csv", "results.jtl");
        Report ordered = Lab.replay(folder);
        List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve("results.jtl")));
        Collections.shuffle(lines.subList(1, lines.size()), new Random(3));
        Files.write(folder.resolve("results.jtl"), lines);

        Report shuffled = Lab.replay(folder);

        assertThat(shuffled.endpoints()).isEqualTo(ordered.endpoints());
        assertThat(Lab.story(shuffled)).isEqualTo(Lab.story(ordered));
    }

    @Test
    void jmeters_xml_is_read_by_sample_and_lines_count_as_they_are() throws IOException {
        Files.writeString(folder.resolve("results.xml"), XML);

        Report report = Lab.replay(folder);

        assertThat(report.endpoints())
                .extracting(EndpointSummary::endpoint, EndpointSummary::requests, EndpointSummary::failedRequests)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("GET \"b\"", 1L, 1L),
                        org.assertj.core.groups.Tuple.tuple("GET /a>b", 1L, 0L));
        assertThat(report.inputs().get(0).counts().lines()).isEqualTo(8);
        assertThat(report.problems()).isEmpty();
    }

    @Test
    void xml_samples_end_at_the_same_bytes_however_they_come() {
        byte[] bytes = XML.getBytes(StandardCharsets.UTF_8);
        List<Integer> whole = ends(bytes, bytes.length);

        for (int size = 1; size < 40; size++) {
            assertThat(ends(bytes, size)).isEqualTo(whole);
        }
        assertThat(whole).hasSize(4);
    }

    @Test
    void of_too_many_endpoints_the_last_by_name_are_one_in_any_order() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            names.add("GET /page-" + i);
        }
        List<Object> first = sums(names);
        Collections.shuffle(names, new Random(5));

        assertThat(sums(names)).isEqualTo(first).hasSize(501).contains(LoadSums.OTHERS + " 1500");
    }

    @Test
    void the_report_says_how_an_endpoint_got_its_name() throws IOException {
        copy("leader-killed.access.log", "access.log");

        assertThat(Lab.replay(folder).endpoints())
                .filteredOn(its -> its.endpoint().equals("GET /Forecast/{id}"))
                .allSatisfy(its -> {
                    assertThat(its.basis()).contains(EndpointBasis.PATH);
                    assertThat(its.example())
                            .hasValueSatisfying(text -> assertThat(text).startsWith("GET /Forecast/1"));
                });
    }

    private static List<Object> sums(List<String> names) {
        LoadSums sums = new LoadSums();
        for (String name : names) {
            sums.add(new RequestResult("k6", name, Instant.EPOCH, Precision.SECONDS, Duration.ZERO, false, ""));
        }
        List<Object> told = new ArrayList<>();
        sums.drain("main", "k6", bucket -> told.add(bucket.endpoint() + " " + bucket.requests()));
        return told;
    }

    private static List<Integer> ends(byte[] bytes, int size) {
        Framing.Ends framing = Framing.of(bytes).ends();
        List<Integer> ends = new ArrayList<>();
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + size);
            int end = framing.next(bytes, from, to);
            if (end >= 0) {
                ends.add(end);
            }
            from = end < 0 ? to : end;
        }
        return ends;
    }

    private void copy(String resource, String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (InputStream in = Objects.requireNonNull(LoadInputsTest.class.getResourceAsStream("/load/" + resource))) {
            Files.copy(in, file);
        }
    }
}
