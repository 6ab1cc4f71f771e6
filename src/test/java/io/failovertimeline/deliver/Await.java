package io.failovertimeline.deliver;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what must come; a test's time limit is the only clock. */
public final class Await {

    private static final Duration PAUSE = Duration.ofMillis(20);

    private Await() {}

    /** Returns when {@code condition} holds. */
    public static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(PAUSE.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("what is waited for did not come within the test's time");
            }
        }
    }
}
