package io.failovertimeline.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.model.LineClass;
import io.failovertimeline.model.LineCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running stream application. */
public final class FailoverStream implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(FailoverStream.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long MINUTE = 1;

    private final KafkaStreams streams;
    private final ScheduledExecutorService minutely = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "line-counts");
        thread.setDaemon(true);
        return thread;
    });
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** The application over the standard topics, not yet started. */
    public FailoverStream(Stages stages, StreamSettings settings) {
        streams = new KafkaStreams(
                new FailoverTopology(Topics.standard(settings.partitions()), stages, settings).build(),
                settings.properties());
        streams.setUncaughtExceptionHandler(failed -> {
            // What goes wrong here is the broker or our own mistake; a restart by the supervisor finds everything as
            // committed.
            failure.compareAndSet(null, failed);
            LOGGER.error("the stream application stops: {}", failed.toString());
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                running.countDown();
            }
            if (now.hasCompletedShutdown()) {
                running.countDown();
                ended.countDown();
            }
        });
    }

    /** Starts it and returns at once. */
    public void start() {
        streams.start();
        ScheduledFuture<?> untilClosed = minutely.scheduleAtFixedRate(this::logLines, MINUTE, MINUTE, TimeUnit.MINUTES);
        LOGGER.debug("counts of lines are logged every minute: {}", untilClosed);
    }

    /** Waits until it has its partitions, or has ended. */
    public void awaitRunning() throws InterruptedException {
        running.await();
    }

    /**
     * Waits until it has ended.
     *
     * @throws IllegalStateException if it ended by a failure
     */
    public void awaitEnd() throws InterruptedException {
        ended.await();
        Throwable failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("the stream application failed", failed);
        }
    }

    /** What became of the lines that this process has read since it started, by input topic; the metrics say the same. */
    public SortedMap<String, LineCounts> lines() {
        SortedMap<String, LineCounts> byTopic = new TreeMap<>();
        streams.metrics().forEach((name, metric) -> {
            if (name.group().equals(LineSensors.GROUP)) {
                for (LineClass what : LineClass.values()) {
                    if (name.name().equals(LineSensors.name(what) + LineSensors.TOTAL)
                            && metric.metricValue() instanceof Double count) {
                        byTopic.merge(
                                name.tags().getOrDefault(LineSensors.TOPIC_TAG, ""),
                                LineCounts.of(what, count.longValue()),
                                LineCounts::plus);
                    }
                }
            }
        });
        return byTopic;
    }

    /** Whether it runs, takes partitions over, or has failed. */
    public KafkaStreams.State state() {
        return streams.state();
    }

    /** What Kafka Streams and its clients measure, and {@link LineSensors}. */
    public Map<MetricName, ? extends Metric> metrics() {
        return streams.metrics();
    }

    /**
     * The incidents of all clusters that this process looks after, as JSON, as they were last published. Empty while clusters are handed
     * over from one process to another.
     */
    public List<ObjectNode> incidents() {
        List<ObjectNode> incidents = new ArrayList<>();
        if (!streams.state().isRunningOrRebalancing()) {
            return incidents;
        }
        try (KeyValueIterator<String, Published> all = streams.store(StoreQueryParameters.fromNameAndType(
                        Correlate.PUBLISHED, QueryableStoreTypes.<String, Published>keyValueStore()))
                .all()) {
            all.forEachRemaining(entry -> {
                if (!entry.value.withdrawn()) {
                    incidents.add(entry.value.incident());
                }
            });
            return incidents;
        } catch (InvalidStateStoreException handedOver) {
            return List.of();
        }
    }

    private void logLines() {
        lines().forEach((topic, counts) -> LOGGER.atInfo()
                .addKeyValue("topic", topic)
                .addKeyValue("recognized", counts.recognized())
                .addKeyValue("noise", counts.noise())
                .addKeyValue("unknown", counts.unknown())
                .addKeyValue("rejected", counts.rejected())
                .log("lines read since the start"));
    }

    /** Commits, leaves the group and stops. */
    @Override
    public void close() {
        minutely.shutdownNow();
        logLines();
        // Without leaving, the next start would wait until the broker gives this one up for dead.
        streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(PATIENCE));
    }
}
