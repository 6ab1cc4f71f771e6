package io.failovertimeline.correlate;

import io.failovertimeline.model.ClusterEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Lines that say the same again and again, as unbroken runs: of each the first, and the last with how long the run was. */
final class Runs {

    /** Longer silence than this breaks a run. Patroni speaks every {@code loop_wait}, 10 s unless configured. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(12);

    private final NavigableMap<Instant, Run> byStart = new TreeMap<>();

    void add(ClusterEvent event) {
        add(event, event);
    }

    /** Adds an unbroken run of which only the ends are known. */
    void add(ClusterEvent first, ClusterEvent last) {
        Run run = Run.of(first, last);
        Map.Entry<Instant, Run> before = byStart.floorEntry(first.at());
        if (before != null && !before.getValue().last().at().plus(LONGEST_PAUSE).isBefore(first.at())) {
            byStart.remove(before.getKey());
            run = before.getValue().with(run);
        }
        Map.Entry<Instant, Run> after = byStart.higherEntry(run.first().at());
        while (after != null && !run.last().at().plus(LONGEST_PAUSE).isBefore(after.getKey())) {
            byStart.remove(after.getKey());
            run = run.with(after.getValue());
            after = byStart.higherEntry(run.first().at());
        }
        byStart.put(run.first().at(), run);
    }

    List<ClusterEvent> ends() {
        return byStart.values().stream().flatMap(Run::ends).toList();
    }
}
