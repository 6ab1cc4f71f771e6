package io.failovertimeline.bench;

import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.LogDecoder;
import io.failovertimeline.decode.Skim;
import io.failovertimeline.decode.Skimmer;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.recognize.Catalog;
import io.failovertimeline.recognize.Recognition;
import io.failovertimeline.recognize.Recognizer;
import io.failovertimeline.replay.LineReader;
import io.failovertimeline.replay.NoSuchInput;
import io.failovertimeline.replay.ProgressListener;
import io.failovertimeline.replay.Replay;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The steps of reading logs: each over a corpus of 32 MB in memory, then the slow steps on one line. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class ReadingBenchmark {

    private static final int BYTES = 32 << 20;
    private static final Hints HINTS = new Hints(
            Optional.empty(), ZoneOffset.UTC, new TreeMap<>(), Optional.of(Instant.parse("2026-11-15T00:00:00Z")));
    private static final Origin ORIGIN = Origin.line("corpus", 1);

    /** The form of the corpus. */
    @Param({"short", "json"})
    public String form = "short";

    private final Recognizer recognizer = new Recognizer(Catalog.builtIn());
    private final LogDecoder decoder = new LogDecoder();
    private byte[] corpus = new byte[0];
    private byte[] heartbeat = new byte[0];
    private final LogLine line = decoded(
            "Nov 15 10:00:00 db1 patroni[626]: 2026-11-15 10:00:00,575 INFO: no action. I am (db1), the leader with the lock");

    /** Makes the corpus. */
    @Setup
    public void corpus() throws IOException {
        corpus = Corpus.of(form.equals("json"), BYTES);
        int end = 0;
        while (corpus[end] != '\n') {
            end++;
        }
        heartbeat = java.util.Arrays.copyOf(corpus, end);
    }

    private LogLine decoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ((Decoded.Line) decoder.decode(bytes, 0, bytes.length, HINTS, ORIGIN)).line();
    }

    /** Finds the lines. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public long lines() throws IOException {
        return overCorpus((bytes, from, to) -> true);
    }

    /** Finds and skims the lines. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public long skim() throws IOException {
        Skimmer skimmer = new Skimmer(HINTS);
        Skim skim = new Skim();
        return overCorpus((bytes, from, to) -> skimmer.reads(bytes, from, to, true, skim));
    }

    /** Finds the lines and searches all of each for literals. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public long literals() throws IOException {
        return overCorpus(recognizer::mayMatter);
    }

    /** All that replay does. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    public Object replay() throws IOException, NoSuchInput {
        return new Replay(recognizer, new ByteArrayInputStream(corpus))
                .run(List.of("-"), GivenZones.NONE, ProgressListener.NONE);
    }

    /** Decodes one heartbeat. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public Decoded decode() {
        return decoder.decode(heartbeat, 0, heartbeat.length, HINTS, ORIGIN);
    }

    /** Recognizes one heartbeat that is decoded. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public Recognition recognize() {
        return recognizer.recognize(line, "orders");
    }

    private interface Test {
        boolean test(byte[] bytes, int from, int to);
    }

    private long overCorpus(Test test) throws IOException {
        long found = 0;
        try (LineReader lines = new LineReader(new ByteArrayInputStream(corpus), "corpus")) {
            while (lines.next() != LineReader.Found.END) {
                found += test.test(lines.bytes(), lines.from(), lines.to()) ? 1 : 0;
            }
        }
        return found;
    }
}
