package io.failovertimeline.stream;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
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

    private final KafkaStreams streams;
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

    /** Commits, leaves the group and stops. */
    @Override
    public void close() {
        // Without leaving, the next start would wait until the broker gives this one up for dead.
        streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(PATIENCE));
    }
}
