package io.failovertimeline.stream;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Which cluster is told next: one of which something new is known; else the one in which all is well that waits longest. */
final class Turns {

    /** How soon that is told which could not be told when it came; what comes of one cluster within such a time is told together. */
    static final Duration PROMPT = Duration.ofMillis(10);

    /** For each moment spent on telling, so many are left to read on: a large case takes long to tell. */
    private static final long REST = 5;

    /** The same where a backlog is read, most of which is to be told otherwise when more of it is read. */
    private static final long BACKLOG_REST = 40;

    /** The same of clusters in which all is well. */
    private static final long CALM_REST = 40;

    private final Set<String> grown = new LinkedHashSet<>();

    /** Clusters where no incident is open, heartbeats go on and requests are served. */
    private final Set<String> calm = new LinkedHashSet<>();

    private final OfThread paces;

    /** What the tasks of one thread share. */
    record OfThread(TellingPace grown, TellingPace calm) {
        OfThread() {
            this(new TellingPace(), new TellingPace());
        }
    }

    /** Of one of the tasks that share {@code paces}. */
    Turns(OfThread paces) {
        this.paces = paces;
    }

    /** The task is closed. */
    void end() {
        paces.grown().leave(this);
        paces.calm().leave(this);
    }

    /** Something new is known of {@code cluster}. */
    void grew(String cluster) {
        grown.add(cluster);
    }

    /** All goes on as before in {@code cluster}. */
    void wentOn(String cluster) {
        calm.add(cluster);
    }

    /** Whether something of {@code cluster} was not told yet that most likely changes nothing. */
    boolean isCalm(String cluster) {
        return calm.contains(cluster);
    }

    /** All that is known of {@code cluster} is told. */
    void told(String cluster) {
        calm.remove(cluster);
    }

    /** Whether nothing new is known. */
    boolean isNothingNew() {
        return grown.isEmpty();
    }

    /** Has those told whose turn it is at {@code now}, in milliseconds. */
    void take(long now, Function<String, ClusterCase> cases, BiConsumer<String, ClusterCase> tell) {
        if (!grown.isEmpty()) {
            takeGrown(now, cases, tell);
        } else if (!calm.isEmpty() && paces.calm().isTurnOf(this, now)) {
            Stopwatch watch = Stopwatch.start();
            String cluster = calm.iterator().next();
            tell.accept(cluster, cases.apply(cluster));
            paces.calm().told(this, watch.elapsed(), CALM_REST, now);
        }
    }

    private void takeGrown(long now, Function<String, ClusterCase> cases, BiConsumer<String, ClusterCase> tell) {
        if (!paces.grown().isTurnOf(this, now)) {
            return;
        }
        // The time that Kafka Streams tells stands still meanwhile.
        Stopwatch watch = Stopwatch.start();
        long rest = REST;
        Iterator<String> waiting = grown.iterator();
        while (waiting.hasNext() && watch.elapsed().compareTo(TellingPace.mostAtOnce(rest)) < 0) {
            String cluster = waiting.next();
            ClusterCase theCase = cases.apply(cluster);
            if (theCase.wasToldSince(now - PROMPT.toMillis())) {
                continue;
            }
            waiting.remove();
            tell.accept(cluster, theCase);
            if (theCase.backlog.isRead(now)) {
                rest = BACKLOG_REST;
            }
        }
        paces.grown().told(this, watch.elapsed(), rest, now);
    }
}
