package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.decode.Framing;
import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.load.EndpointNames;
import io.failovertimeline.decode.load.EndpointPatterns;
import io.failovertimeline.decode.load.LoadContext;
import io.failovertimeline.decode.load.LoadDecoder;
import io.failovertimeline.decode.load.LoadFormats;
import io.failovertimeline.decode.load.Outcome;
import io.failovertimeline.decode.load.Timestamp;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Problem;
import io.failovertimeline.model.RequestResult;
import io.failovertimeline.recognize.Catalog;
import io.failovertimeline.recognize.Recognizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for load results of every format: for captures, and for a run that is written in each. */
class LoadPropertiesTest {

    private static final List<String> CAPTURES = List.of(
            "etcd-quorum-lost.pgbench.log",
            "leader-killed.access.log",
            "leader-killed.k6.json",
            "power-cut.jmeter.csv",
            "switchover.hey.csv",
            "switchover.k6.csv",
            "switchover.vegeta.json",
            "two-failovers.locust.csv");
    private static final List<String> SUMMARIES = List.of(
            "Method,Name,Error,Occurrences\nGET,/,refused,17\n",
            "Percentage served,Time in ms\n0,1.2\n",
            "{\"summary\":{},\"latencyPercentiles\":{},\n\"statusCodeDistribution\":{}}\n",
            "{\"connections\":3,\"sampleInt\":1000,\"start\":\"x\",\"finish\":\"y\",\"non2xx\":48}\n");
    private static final int LINES = 24;
    private static final int LONGEST = 3_000;
    private static final Recognizer RECOGNIZER = new Recognizer(Catalog.builtIn());

    @TempDir
    Path folder;

    /** A header, the lines under it, whether these may stand in any order. */
    private record Sample(String name, String header, List<String> lines, boolean isOrdered) {
        private String text() {
            return header + String.join("\n", lines) + "\n";
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Sample> samples() {
        List<SentRequest> run = SentRequest.run().subList(110, 110 + LINES);
        Stream<Sample> forms = Stream.of(LoadForm.values())
                .map(form -> new Sample(
                        form.name(),
                        form.header().isEmpty() ? "" : form.header() + "\n",
                        form.lines(run),
                        form.telling() == LoadForm.Telling.IN_ORDER || form == LoadForm.PGBENCH_AGGREGATE));
        Stream<Sample> summaries =
                SUMMARIES.stream().map(text -> new Sample(text, "", List.of(text.split("\n")), true));
        return Stream.of(forms, CAPTURES.stream().map(LoadPropertiesTest::capture), summaries)
                .flatMap(each -> each);
    }

    private static Sample capture(String name) {
        List<String> lines = ofResource(name).lines().toList();
        boolean hasHeader =
                !Character.isDigit(lines.get(0).charAt(0)) && !lines.get(0).startsWith("{");
        boolean isOrdered = name.contains("k6") || name.contains("locust");
        return new Sample(
                name,
                hasHeader ? lines.get(0) + "\n" : "",
                lines.subList(hasHeader ? 1 : 0, Math.min(lines.size(), 4 * LINES)),
                isOrdered);
    }

    private static String ofResource(String name) {
        try (InputStream in = Objects.requireNonNull(LoadPropertiesTest.class.getResourceAsStream("/load/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_file_reads_the_same_wherever_its_bytes_are_split(Sample sample) {
        byte[] all = sample.text().getBytes(StandardCharsets.UTF_8);
        byte[] file = Arrays.copyOf(all, Math.min(all.length, LONGEST));
        List<String> whole = told(new ByteArrayInputStream(file), file);

        for (int split = 1; split < file.length; split++) {
            InputStream pieces = new SequenceInputStream(
                    new ByteArrayInputStream(file, 0, split),
                    new ByteArrayInputStream(file, split, file.length - split));
            assertThat(told(pieces, file)).as("split at %d", split).isEqualTo(whole);
        }
        assertThat(whole).isNotEmpty();
    }

    static Stream<Sample> unordered() {
        return samples().filter(sample -> !sample.isOrdered());
    }

    @ParameterizedTest
    @MethodSource("unordered")
    void lines_that_stand_for_themselves_may_come_in_any_order(Sample sample) {
        List<LoadBucket> ordered = buckets(sample.header(), sample.lines());
        List<String> lines = new ArrayList<>(sample.lines());
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(lines, new Random(seed));
            assertThat(buckets(sample.header(), lines)).as("seed %d", seed).isEqualTo(ordered);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_file_that_is_given_twice_counts_once_and_that_is_said(Sample sample) throws IOException {
        Files.writeString(folder.resolve("a.txt"), sample.text());
        Files.createDirectory(folder.resolve("b"));
        Files.writeString(folder.resolve("b/c.txt"), sample.text());

        var twice = new Replay(RECOGNIZER, InputStream.nullInputStream())
                .run(List.of(folder.toString()), GivenZones.NONE, ProgressListener.NONE);

        assertThat(twice.problems()).extracting(Problem::what).contains("has the same content as a.txt; counted once");
        assertThat(twice.inputs()).hasSize(1);
    }

    /** What each record of a file comes to, with its line. */
    private static List<String> told(InputStream stream, byte[] file) {
        LineReader reader = new LineReader(stream, "run", Framing.of(file), Long.MAX_VALUE);
        List<String> told = new ArrayList<>();
        Optional<LoadDecoder> decoder = Optional.empty();
        while (reader.next() != LineReader.Found.END) {
            decoder = decoder.or(() -> LoadFormats.detect(reader.bytes(), reader.from(), reader.to(), context()));
            Outcome outcome = decoder.orElseThrow()
                    .decode(reader.bytes(), reader.from(), reader.to(), Origin.line("run", reader.number()));
            told.add(reader.number() + " "
                    + outcome.match(result -> result.requests().toString(), Object::toString, () -> "nothing"));
        }
        told.add(decoder.orElseThrow().end().toString());
        return told;
    }

    private static List<LoadBucket> buckets(String header, List<String> lines) {
        LoadSums sums = new LoadSums();
        byte[] first = (header.isEmpty() ? lines.get(0) : header).getBytes(StandardCharsets.UTF_8);
        LoadDecoder decoder =
                LoadFormats.detect(first, 0, first.length, context()).orElseThrow();
        List<RequestResult> requests = new ArrayList<>();
        Stream.concat(header.lines(), lines.stream().flatMap(String::lines)).forEach(line -> {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            requests.addAll(decoder.decode(bytes, 0, bytes.length, Origin.line("run", 1))
                    .requests());
        });
        requests.addAll(decoder.end());
        requests.forEach(sums::add);
        List<LoadBucket> buckets = new ArrayList<>();
        sums.drain("main", "run", buckets::add);
        buckets.sort(Comparator.comparing(LoadBucket::key));
        return buckets;
    }

    private static LoadContext context() {
        return new LoadContext(
                Optional.of(new Timestamp(SentRequest.BEGIN, Precision.MILLIS)),
                ZoneOffset.UTC,
                new EndpointNames(EndpointPatterns.NONE));
    }
}
