package io.failovertimeline.stream;

import java.time.Duration;

/**
 * Tells how long this process has been at something, which no result depends on.
 *
 * @param begun by {@link System#nanoTime()}
 */
record Stopwatch(long begun) {

    static Stopwatch start() {
        return new Stopwatch(System.nanoTime());
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
