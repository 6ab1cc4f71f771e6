package io.failovertimeline.bench;

import io.failovertimeline.ingest.IngestRecord;
import io.failovertimeline.recognize.Catalog;
import io.failovertimeline.recognize.Recognizer;
import io.failovertimeline.simulate.Fleet;
import io.failovertimeline.simulate.FleetPlan;
import io.failovertimeline.stream.EmbeddedBroker;
import io.failovertimeline.stream.EventTime;
import io.failovertimeline.stream.FailoverStream;
import io.failovertimeline.stream.InputProgress;
import io.failovertimeline.stream.Stages;
import io.failovertimeline.stream.StreamSettings;
import io.failovertimeline.stream.TopicSetup;
import io.failovertimeline.stream.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * The stream application beside the least that Kafka can do: a topology that passes the records through, and an echo. Both in the
 * same run, on the same broker, with the same records. {@code bench/stream} starts it; bench/README.md says what is measured.
 */
public final class StreamBenchmark {

    private static final int LATENCIES = 200;

    /** For so long they are not measured: what has just started compiles more than it works. */
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warmup", 60));

    private static final int RUNS = Integer.getInteger("runs", 3);
    private static final String PASSED = "passed-through";

    private final EmbeddedBroker broker;
    private final Admin admin;
    private final Path folder;

    private StreamBenchmark(EmbeddedBroker broker, Admin admin, Path folder) {
        this.broker = broker;
        this.admin = admin;
        this.folder = folder;
    }

    /** See {@code bench/stream}. */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("child")) {
            child(arguments);
            return;
        }
        Path folder = Files.createTempDirectory("stream-benchmark-");
        int records = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 300_000;
        switch (arguments[0]) {
            case "throughput" -> {
                String only = arguments.length > 2 ? arguments[2] : "";
                if (!only.equals("load")) {
                    withBroker(folder, bench -> bench.throughput("fleet journal", records, journal(records)));
                }
                if (!only.equals("journal")) {
                    withBroker(folder, bench -> bench.throughput("load results", records, load(records)));
                }
            }
            case "latency" -> withBroker(folder, StreamBenchmark::latency);
            case "clusters" -> {
                double few = withBroker(folder, bench -> bench.clusters(100, records));
                double many = withBroker(folder, bench -> bench.clusters(10_000, records));
                System.out.printf(Locale.ROOT, "processor time a record, 10,000 clusters to 100: %.2f%n", many / few);
            }
            case "restore" -> {
                int megabytes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1000;
                withBroker(folder, bench -> bench.restore(megabytes));
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.exit(0);
    }

    private interface Measurement {
        double of(StreamBenchmark bench) throws Exception;
    }

    private static double withBroker(Path folder, Measurement measurement) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            new TopicSetup(admin).create(Topics.standard().definitions(), Optional.empty());
            admin.createTopics(Stream.of(PASSED, "echo-in", "echo-out")
                            .map(name -> new NewTopic(name, 3, (short) 1))
                            .toList())
                    .all()
                    .get();
            return measurement.of(new StreamBenchmark(broker, admin, folder));
        }
    }

    /** Heartbeats, twice as many lines of others, now and then a failover. */
    private static FleetPlan journal(int records) {
        int clusters = 1000;
        return new FleetPlan(
                clusters, begin(), Duration.ofMillis(records * 10_000L / (clusters * 9L)), 2, 0, Duration.ofSeconds(5), 1);
    }

    private static FleetPlan load(int records) {
        // the heartbeats are left behind when it is sent
        return new FleetPlan(100, begin(), Duration.ofSeconds(records / 2000L), 0, 20, Duration.ofSeconds(5), 1);
    }

    private static Instant begin() {
        return Instant.parse("2026-01-07T11:00:00Z");
    }

    // throughput

    private double throughput(String name, int records, FleetPlan plan) throws Exception {
        int sent = send(plan, records, name.startsWith("load"));
        List<Measured> passed = new ArrayList<>();
        List<Measured> ours = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            passed.add(measure("pass", name.replace(" ", "-") + "-pass-" + run, sent));
            ours.add(measure("stream", name.replace(" ", "-") + "-stream-" + run, sent));
        }
        Measured pass = best(passed);
        Measured our = best(ours);
        System.out.printf(Locale.ROOT, "%s, %,d records, the second half, best of %d%n", name, sent, RUNS);
        System.out.println("  passed through " + pass);
        System.out.println("  failover       " + our);
        System.out.printf(
                Locale.ROOT,
                "  ratio          %.2f in records/s, %.2f in processor time, %.2f without the compilers'%n",
                pass.seconds / our.seconds,
                pass.cpuSeconds / our.cpuSeconds,
                pass.workSeconds / our.workSeconds);
        return our.seconds;
    }

    /** Of one record; {@code workSeconds} are those of {@code cpuSeconds} that Java's compilers did not take. */
    private record Measured(double seconds, double cpuSeconds, double workSeconds) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,9.0f records/s  %6.1f µs of processor a record, %6.1f without Java's compilers",
                    1 / seconds,
                    cpuSeconds * 1e6,
                    workSeconds * 1e6);
        }
    }

    private static Measured best(List<Measured> runs) {
        return new Measured(
                runs.stream().mapToDouble(Measured::seconds).min().orElseThrow(),
                runs.stream().mapToDouble(Measured::cpuSeconds).min().orElseThrow(),
                runs.stream().mapToDouble(Measured::workSeconds).min().orElseThrow());
    }

    private Measured measure(String what, String application, int sent) throws Exception {
        Process child = start(what, application, "exactly_once_v2");
        try {
            // A JVM that has just started compiles more than it works.
            while (committed(application) < sent / 2) {
                LockSupport.parkNanos(20_000_000);
            }
            long before = committed(application);
            long begun = System.nanoTime();
            double cpu = cpuSeconds(child);
            double compilers = compilerSeconds(child);
            InputProgress progress = new InputProgress(admin, application, Topics.standard());
            while (!progress.isComplete()) {
                LockSupport.parkNanos(20_000_000);
            }
            long read = sent - before;
            double seconds = (System.nanoTime() - begun) / 1e9;
            double took = cpuSeconds(child) - cpu;
            double compiling = compilerSeconds(child) - compilers;
            Measured measured = new Measured(seconds / read, took / read, (took - compiling) / read);
            if (System.getProperty("child.options") != null) {
                // so that it writes its recording, if it was asked for one
                child.destroy();
                child.waitFor();
            }
            return measured;
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    /** Records of the input topics that {@code application} has done with. */
    private long committed(String application) throws Exception {
        List<String> inputs = List.of("journald-logs", "patroni-logs", "load-results");
        return admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .filter(entry -> inputs.contains(entry.getKey().topic()))
                .mapToLong(entry -> entry.getValue().offset())
                .sum();
    }

    private static double cpuSeconds(Process process) {
        return process.toHandle().info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
    }

    /** What the threads of its two compilers took, in the hundredths of seconds that Linux counts; zero elsewhere. */
    private static double compilerSeconds(Process process) throws IOException {
        Path threads = Path.of("/proc", String.valueOf(process.pid()), "task");
        if (!Files.isDirectory(threads)) {
            return 0;
        }
        double seconds = 0;
        try (Stream<Path> all = Files.list(threads)) {
            for (Path thread : all.toList()) {
                String status = Files.readString(thread.resolve("stat"));
                if (status.contains("(C1 Compiler") || status.contains("(C2 Compiler")) {
                    String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ");
                    seconds += (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
                }
            }
        }
        return seconds;
    }

    private int send(FleetPlan plan, int most, boolean load) {
        Fleet fleet = new Fleet(plan);
        Map<IngestRecord.Input, String> topics = Map.of(
                IngestRecord.Input.JOURNALD_LOGS, "journald-logs",
                IngestRecord.Input.PATRONI_LOGS, "patroni-logs",
                IngestRecord.Input.LOAD_RESULTS, "load-results");
        int sent = 0;
        try (KafkaProducer<byte[], byte[]> producer = producer(20)) {
            while (fleet.hasNext() && sent < most) {
                IngestRecord record = fleet.next();
                if (load == (record.input() == IngestRecord.Input.LOAD_RESULTS)) {
                    byte[] key = record.hints().host().map(host -> host.getBytes(StandardCharsets.UTF_8)).orElse(null);
                    producer.send(new ProducerRecord<>(
                            topics.get(record.input()),
                            null,
                            record.at().orElseThrow().toEpochMilli(),
                            key,
                            record.value(),
                            record.hints().headers()));
                    sent++;
                }
            }
        }
        return sent;
    }

    // latency

    private double latency() throws Exception {
        for (String guarantee : List.of("at_least_once", "exactly_once_v2")) {
            boolean exactly = guarantee.startsWith("exactly");
            Process echo = start("echo", "echo-" + guarantee, guarantee);
            Process stream = start("stream", "stream-" + guarantee, guarantee);
            try (KafkaProducer<byte[], byte[]> producer = producer(0);
                    Reader echoed = new Reader("echo-out", exactly);
                    Reader told = new Reader("failover-timeline", exactly)) {
                List<Double> echoTook = new ArrayList<>();
                List<Double> streamTook = new ArrayList<>();
                long warm = System.nanoTime() + WARM_UP.toNanos();
                for (int n = 0; streamTook.size() < LATENCIES; n++) {
                    String mark = guarantee + "-" + n + "-" + "x";
                    long begun = System.nanoTime();
                    producer.send(new ProducerRecord<>("echo-in", mark.getBytes(StandardCharsets.UTF_8)));
                    echoed.await(mark);
                    long between = System.nanoTime();
                    producer.send(promotion("cluster-" + mark));
                    told.await("\"cluster-" + mark + "\"");
                    long ended = System.nanoTime();
                    if (begun >= warm) {
                        echoTook.add((between - begun) / 1e6);
                        streamTook.add((ended - between) / 1e6);
                    }
                }
                System.out.printf(
                        Locale.ROOT,
                        "%-16s  echo p50 %.1f ms, p99 %.1f ms; failover p50 %.1f ms, p99 %.1f ms; ratio %.1f, %.1f%n",
                        guarantee,
                        at(0.5, echoTook),
                        at(0.99, echoTook),
                        at(0.5, streamTook),
                        at(0.99, streamTook),
                        at(0.5, streamTook) / at(0.5, echoTook),
                        at(0.99, streamTook) / at(0.99, echoTook));
            } finally {
                echo.destroyForcibly().waitFor();
                stream.destroyForcibly().waitFor();
            }
        }
        return 0;
    }

    private static ProducerRecord<byte[], byte[]> promotion(String cluster) {
        Instant now = Instant.now();
        String line = now.toString().replace('T', ' ').substring(0, 19)
                + ",000 INFO: promoted self to leader by acquiring session lock";
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                "patroni-logs",
                null,
                now.toEpochMilli(),
                cluster.getBytes(StandardCharsets.UTF_8),
                line.getBytes(StandardCharsets.UTF_8));
        record.headers().add("cluster", cluster.getBytes(StandardCharsets.UTF_8));
        record.headers().add("host", "db1".getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private static double at(double share, List<Double> took) {
        List<Double> inOrder = new ArrayList<>(took);
        Collections.sort(inOrder);
        return inOrder.get((int) Math.ceil(share * inOrder.size()) - 1);
    }

    private final class Reader implements AutoCloseable {
        private final KafkaConsumer<byte[], byte[]> consumer;

        Reader(String topic, boolean committed) {
            Properties client = client();
            client.put("isolation.level", committed ? "read_committed" : "read_uncommitted");
            consumer = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            List<TopicPartition> all = new ArrayList<>();
            consumer.partitionsFor(topic).forEach(one -> all.add(new TopicPartition(topic, one.partition())));
            consumer.assign(all);
            consumer.seekToEnd(all);
            all.forEach(consumer::position);
        }

        void await(String text) {
            await(List.of(text));
        }

        void await(List<String> texts) {
            List<String> missing = new ArrayList<>(texts);
            while (!missing.isEmpty()) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    String value = new String(record.value(), StandardCharsets.UTF_8);
                    missing.removeIf(value::contains);
                });
            }
        }

        @Override
        public void close() {
            consumer.close();
        }
    }

    // clusters

    private double clusters(int clusters, int records) throws Exception {
        Duration length = Duration.ofMillis(Math.max(1, records * 10_000L / (clusters * 9L)));
        int sent = send(
                new FleetPlan(clusters, begin(), length, 2, 0, Duration.ofMillis(2000), 1), records, false);
        String application = "clusters-" + clusters;
        Process first = start("stream", application, "exactly_once_v2");
        long begun = System.nanoTime();
        double cpu = cpuSeconds(first);
        InputProgress progress = new InputProgress(admin, application, Topics.standard());
        while (!progress.isComplete()) {
            LockSupport.parkNanos(20_000_000);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        double perRecord = (cpuSeconds(first) - cpu) / sent;
        LockSupport.parkNanos(3_000_000_000L);
        String heap = heapAfterCollection(first);
        long state = size(folder.resolve(application));
        first.destroy();
        first.waitFor();
        long again = System.nanoTime();
        Process second = start("stream", application, "exactly_once_v2");
        double restart = (System.nanoTime() - again) / 1e9;
        second.destroy();
        second.waitFor();
        delete(folder.resolve(application));
        long empty = System.nanoTime();
        Process third = start("stream", application, "exactly_once_v2");
        double restore = (System.nanoTime() - empty) / 1e9;
        third.destroyForcibly().waitFor();
        System.out.printf(
                Locale.ROOT,
                "%,6d clusters: %,d records in %.1f s, %.1f µs of processor a record; state %.1f MB on disk, heap %s;"
                        + " ready after %.1f s with its state, %.1f s without%n",
                clusters,
                sent,
                seconds,
                perRecord * 1e6,
                state / 1e6,
                heap,
                restart,
                restore);
        return perRecord;
    }

    // restore

    private static final String STANDBY = "-Dstandby=1";
    private static final String LARGE_HEAP = "-Xmx6g";

    /** One that stops all while it collects takes longer than a transaction may. */
    private static final String LARGE_HEAPS_COLLECTOR = "-XX:+UseG1GC";

    /** How long it takes to be ready again with {@code megabytes} of state, which sums of requests fill. */
    private double restore(int megabytes) throws Exception {
        String application = "restore";
        Path folderOfFirst = folder.resolve(application);
        Fleet fleet = new Fleet(new FleetPlan(1000, begin(), Duration.ofHours(2), 0, 5, Duration.ofSeconds(30), 1));
        Process first = start("stream", application, "exactly_once_v2", application, LARGE_HEAP, LARGE_HEAPS_COLLECTOR);
        InputProgress progress = new InputProgress(admin, application, Topics.standard());
        int sent = 0;
        while (size(folderOfFirst) < megabytes * 1_000_000L) {
            sent += sendLoad(fleet, 250_000);
            while (!progress.isComplete()) {
                LockSupport.parkNanos(20_000_000);
            }
        }
        String heap = heapAfterCollection(first);
        long state = size(folderOfFirst);
        stop(first);
        double withState = ready(application, application, LARGE_HEAP, LARGE_HEAPS_COLLECTOR);
        delete(folderOfFirst);
        double without = ready(application, application, LARGE_HEAP, LARGE_HEAPS_COLLECTOR);
        System.out.printf(
                Locale.ROOT,
                "%.0f MB of state (%,d requests), heap %s: ready after %.1f s with it on disk, %.1f s from the changelogs%n",
                state / 1e6,
                sent,
                heap,
                withState,
                without);
        Process active = start("stream", application, "exactly_once_v2", application, LARGE_HEAP, LARGE_HEAPS_COLLECTOR, STANDBY);
        Process standby = start("stream", application, "exactly_once_v2", "restore-standby", LARGE_HEAP, LARGE_HEAPS_COLLECTOR, STANDBY);
        Path folderOfStandby = folder.resolve("restore-standby");
        while (size(folderOfStandby) < size(folderOfFirst) * 9 / 10) {
            LockSupport.parkNanos(500_000_000);
        }
        try (KafkaProducer<byte[], byte[]> producer = producer(0);
                Reader told = new Reader("failover-timeline", true)) {
            long killed = System.nanoTime();
            active.destroyForcibly().waitFor();
            List<String> marks = new ArrayList<>();
            for (int cluster = 0; cluster < 30; cluster++) {
                producer.send(promotion("taken-over-" + cluster));
                marks.add("\"taken-over-" + cluster + "\"");
            }
            told.await(marks);
            System.out.printf(
                    Locale.ROOT,
                    "with a standby, the active instance killed: a new line is told of every partition after %.1f s%n",
                    (System.nanoTime() - killed) / 1e9);
        } finally {
            standby.destroyForcibly().waitFor();
        }
        return 0;
    }

    private double ready(String application, String folderName, String... options) throws Exception {
        long begun = System.nanoTime();
        Process process = start("stream", application, "exactly_once_v2", folderName, options);
        double seconds = (System.nanoTime() - begun) / 1e9;
        stop(process);
        return seconds;
    }

    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    private int sendLoad(Fleet fleet, int most) {
        int sent = 0;
        try (KafkaProducer<byte[], byte[]> producer = producer(20)) {
            while (fleet.hasNext() && sent < most) {
                IngestRecord record = fleet.next();
                if (record.input() == IngestRecord.Input.LOAD_RESULTS) {
                    producer.send(new ProducerRecord<>(
                            "load-results",
                            null,
                            record.at().orElseThrow().toEpochMilli(),
                            null,
                            record.value(),
                            record.hints().headers()));
                    sent++;
                }
            }
        }
        return sent;
    }

    private static String heapAfterCollection(Process process) throws IOException, InterruptedException {
        String pid = String.valueOf(process.pid());
        new ProcessBuilder("jcmd", pid, "GC.run").start().waitFor();
        Process asked = new ProcessBuilder("jcmd", pid, "GC.heap_info").start();
        List<String> lines = new BufferedReader(
                        new InputStreamReader(asked.getInputStream(), StandardCharsets.UTF_8))
                .lines()
                .filter(line -> line.contains(" total "))
                .map(String::strip)
                .toList();
        long kilobytes = lines.stream()
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*used (\\d+)K.*", "$1")))
                .sum();
        return kilobytes / 1000 + " MB";
    }

    /** Whoever writes there may delete a file meanwhile. */
    private static long size(Path folder) throws IOException {
        LongAdder size = new LongAdder();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                size.add(attributes.size());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return size.sum();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }

    // the other processes

    private Process start(String what, String application, String guarantee) throws IOException {
        return start(what, application, guarantee, application);
    }

    /** With {@code options} of Java's in place of those of the other measurements, if there are any. */
    private Process start(String what, String application, String guarantee, String folderName, String... options)
            throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("pinned") != null) {
            command.addAll(List.of("taskset", "-c", System.getProperty("pinned")));
        }
        command.addAll(List.of("java", "-cp", System.getProperty("java.class.path")));
        command.addAll(options.length == 0 ? List.of("-Xmx1g", "-XX:+UseSerialGC") : List.of(options));
        if (System.getProperty("child.options") != null) {
            command.addAll(Arrays.asList(System.getProperty("child.options").replace("APPLICATION", application).split(" ")));
        }
        command.addAll(List.of(
                StreamBenchmark.class.getName(),
                "child",
                what,
                broker.bootstrapServers(),
                application,
                guarantee,
                folder.resolve(folderName).toString()));
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(child::destroyForcibly));
        BufferedReader out =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (!"running".equals(line)) {
            throw new IllegalStateException(what + " did not start: " + line);
        }
        return child;
    }

    private static void child(String[] arguments) throws Exception {
        StreamSettings defaults = StreamSettings.of(arguments[2], Path.of(arguments[5]));
        StreamSettings settings = new StreamSettings(
                defaults.bootstrapServers(),
                arguments[3],
                defaults.stateDir(),
                defaults.clusters(),
                defaults.zones(),
                defaults.mostEvidence(),
                defaults.alerts(),
                defaults.partitions(),
                Map.of(
                        "processing.guarantee",
                        arguments[4],
                        "num.standby.replicas",
                        System.getProperty("standby", "0")));
        if (arguments[1].equals("stream")) {
            FailoverStream stream = new FailoverStream(Stages.of(new Recognizer(Catalog.builtIn())), settings);
            Runtime.getRuntime().addShutdownHook(new Thread(stream::close));
            stream.start();
            stream.awaitRunning();
            System.out.println("running");
            stream.awaitEnd();
            return;
        }
        boolean echo = arguments[1].equals("echo");
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(
                        echo ? List.of("echo-in") : List.of("journald-logs", "patroni-logs", "load-results"),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .to(echo ? "echo-out" : PASSED, Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        Properties properties = settings.properties();
        properties.put("default.timestamp.extractor", EventTime.class.getName());
        KafkaStreams passing = new KafkaStreams(builder.build(), properties);
        passing.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                System.out.println("running");
            }
        });
        passing.start();
        Thread.currentThread().join();
    }

    private KafkaProducer<byte[], byte[]> producer(int linger) {
        Properties client = client();
        client.put("linger.ms", String.valueOf(linger));
        client.put("batch.size", "200000");
        // KAFKA-15591
        client.put("max.in.flight.requests.per.connection", "1");
        return new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Properties client() {
        Properties client = new Properties();
        client.put("bootstrap.servers", broker.bootstrapServers());
        return client;
    }
}
