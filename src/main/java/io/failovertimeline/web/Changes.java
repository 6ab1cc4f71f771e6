package io.failovertimeline.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Changes that one who follows has not been told yet. Of several with the same key only the last is kept: who reads slowly misses
 * states that are past, and holds no more memory than the board itself.
 */
final class Changes {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Map<String, Change> waiting = new LinkedHashMap<>();
    private boolean holdsAllOfNow;
    private boolean ended;

    /**
     * Some changes, in the order in which they came.
     *
     * @param isComplete whether with them all is told that there was when following began; true once
     */
    record Batch(List<Change> changes, boolean isComplete) {}

    void add(Change change) {
        lock.lock();
        try {
            waiting.remove(change.key());
            waiting.put(change.key(), change);
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    void allOfNow() {
        lock.lock();
        try {
            holdsAllOfNow = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            ended = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean isEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** All that waits, or nothing if nothing comes for {@code millis}. */
    Batch next(long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (waiting.isEmpty() && !holdsAllOfNow && !ended && left > 0) {
                left = news.awaitNanos(left);
            }
            Batch batch = new Batch(List.copyOf(waiting.values()), holdsAllOfNow);
            waiting.clear();
            holdsAllOfNow = false;
            return batch;
        } finally {
            lock.unlock();
        }
    }
}
