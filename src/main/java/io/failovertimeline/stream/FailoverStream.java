package io.failovertimeline.stream;

import io.failovertimeline.model.LineClass;
import io.failovertimeline.model.LineCounts;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
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
                new FailoverTopology(Topics.standard(), stages, settings).build(), settings.properties());
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
