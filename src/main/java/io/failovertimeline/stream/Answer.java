package io.failovertimeline.stream;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;

/** Waits for what a cluster answers. */
public final class Answer {

    static final long PATIENCE_SECONDS = 30;

    private Answer() {}

    /**
     * The answer.
     *
     * @throws KafkaException if the cluster refuses, or does not answer within half a minute
     */
    public static <T> T of(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(failed.getCause());
        } catch (TimeoutException late) {
            throw new KafkaException("no answer from the broker within " + PATIENCE_SECONDS + " s", late);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for the broker", stopped);
        }
    }
}
