package io.failovertimeline.stream;

import java.time.Duration;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * Has what is new committed at once where, until then, nobody who reads committed records only sees it. What is not of this moment can wait
 * for the commit that comes anyway, and so can what comes soon after such a commit: each takes time.
 */
final class PromptCommit {

    /** What is told no later is told as it happens, and is not of a backlog. */
    static final Duration THIS_MOMENT = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final boolean isExactlyOnce;
    private long latest = Long.MIN_VALUE;

    PromptCommit(StreamSettings settings) {
        isExactlyOnce = settings.isExactlyOnce();
    }

    /** Something new was told that happened at {@code eventTime}, in milliseconds since 1970. */
    void told(long eventTime, ProcessingContext context) {
        long now = context.currentSystemTimeMs();
        if (isExactlyOnce && Math.abs(now - eventTime) < THIS_MOMENT.toMillis() && now - PAUSE.toMillis() >= latest) {
            latest = now;
            context.commit();
        }
    }
}
