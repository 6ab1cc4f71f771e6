package io.failovertimeline.alert;

import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The last that was heard of a host.
 *
 * @param host who wrote it
 * @param last the last line
 * @param pause between it and the one before
 * @param heartbeats whether both were heartbeats, so that another was to be expected
 */
public record Heard(String host, ClusterEvent last, Duration pause, boolean heartbeats) {

    /** How often Patroni speaks unless configured otherwise; in an unbroken run, no pause is much longer. */
    private static final Duration LOOP = Duration.ofSeconds(10);

    /** Whether another line was to be expected within {@code silentAfter}. */
    public boolean isRegular(Duration silentAfter) {
        return heartbeats && pause.compareTo(silentAfter) <= 0;
    }

    /** Whether it was regular, and up to {@code listening} nothing came for longer than {@code silentAfter}. */
    public boolean isSilent(Instant listening, Duration silentAfter) {
        return isRegular(silentAfter) && last.at().plus(silentAfter).isBefore(listening);
    }

    /** Of every host that wrote more than one line; in order of their names. */
    public static List<Heard> in(Collection<? extends Evidence> evidence) {
        Map<String, TreeSet<ClusterEvent>> lastTwo = new TreeMap<>();
        for (Evidence piece : evidence) {
            if (piece instanceof ClusterEvent event
                    && event.fromItsLogs()
                    && event.host().isPresent()) {
                TreeSet<ClusterEvent> events =
                        lastTwo.computeIfAbsent(event.host().get(), first -> new TreeSet<>());
                events.add(event);
                if (events.size() > 2) {
                    events.pollFirst();
                }
            }
        }
        List<Heard> heard = new ArrayList<>();
        lastTwo.forEach((host, events) -> {
            ClusterEvent last = events.last();
            ClusterEvent before = last.run()
                    .map(run -> last.stampedAt(last.at().minus(run.compareTo(LOOP) < 0 ? run : LOOP)))
                    .filter(ofRun -> events.size() < 2
                            || ofRun.at().isAfter(events.first().at()))
                    .orElse(events.first());
            if (!before.equals(last)) {
                heard.add(new Heard(
                        host,
                        last,
                        Duration.between(before.at(), last.at()),
                        before.proves(EventKind.HEARTBEAT) && last.proves(EventKind.HEARTBEAT)));
            }
        });
        return heard;
    }
}
