package io.failovertimeline.stream;

import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Goes round all clusters, and goes on the next time where the time was up: when thousands have something to tell at once, such as that
 * nobody writes any more, no transaction runs out meanwhile.
 */
final class Round {

    private static final Duration MOST_AT_ONCE = Duration.ofMillis(200);

    private final Duration mostAtOnce;
    private Iterator<String> left = Collections.emptyIterator();

    Round() {
        this(MOST_AT_ONCE);
    }

    /** One that begins with no other cluster after {@code mostAtOnce}. */
    Round(Duration mostAtOnce) {
        this.mostAtOnce = mostAtOnce;
    }

    /** Visits those of {@code clusters} that are left of the last round, or all. */
    void go(Set<String> clusters, Consumer<String> visit) {
        if (!left.hasNext()) {
            left = List.copyOf(clusters).iterator();
        }
        Stopwatch watch = Stopwatch.start();
        boolean isTimeLeft = true;
        while (left.hasNext() && isTimeLeft) {
            visit.accept(left.next());
            isTimeLeft = watch.elapsed().compareTo(mostAtOnce) < 0;
        }
    }

    /** The next begins with the first cluster. */
    void begin() {
        left = Collections.emptyIterator();
    }
}
