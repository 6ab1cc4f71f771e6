package io.failovertimeline.correlate;

import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.Mark;
import io.failovertimeline.model.Precision;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Gathers evidence in bounded memory. The content is the same for any order of {@link #add}, and adding an event, a mark or
 * settings twice changes nothing. The last event of a run ({@link ClusterEvent#run()}) stands for the whole of it. Load buckets of one key are added up: whoever feeds them gives each request once.
 */
public final class EvidenceSet {

    /** Kinds that are repeated while a state lasts: of an unbroken run only the first and the last line are kept. */
    private static final Set<EventKind> REPEATED = EnumSet.of(
            EventKind.HEARTBEAT,
            EventKind.HOST_WENT_ON,
            EventKind.LEADER_UNREACHABLE,
            EventKind.DCS_LOST,
            EventKind.DCS_ELECTION,
            EventKind.CLIENT_ERROR,
            EventKind.BACKEND_DOWN,
            EventKind.BACKEND_UP,
            EventKind.LEADER_RACE,
            EventKind.REFUSED,
            EventKind.RACE_LOST,
            EventKind.WATCHDOG,
            EventKind.FAILSAFE,
            EventKind.LOOP_TIME_EXCEEDED,
            EventKind.STREAM_LOST,
            EventKind.SYNC_CHANGED);

    /** Of kinds that are mostly said once, what every session says for itself while something has run out. */
    private static final Set<String> REPEATED_RULES = Set.of("postgresql.disk-full", "postgresql.out-of-memory");

    private final Set<ClusterEvent> turningPoints = new TreeSet<>();
    private final Map<RunKey, Runs> repeated = new HashMap<>();
    private final Set<Mark> marks = new java.util.HashSet<>();
    private final Set<ClusterSettings> settings = new java.util.HashSet<>();
    private final List<LoadBucket> buckets = new ArrayList<>();

    private record RunKey(
            String cluster,
            Optional<String> host,
            String rule,
            Precision precision,
            SortedMap<String, String> fields) {}

    /** Takes one more piece of evidence. */
    public void add(Evidence evidence) {
        evidence.match(this::addEvent, marks::add, settings::add, buckets::add);
    }

    private boolean addEvent(ClusterEvent event) {
        // dumps say the same again and again, too
        if (!isRepeated(event)) {
            return turningPoints.add(event);
        }
        ClusterEvent last = event.alone();
        if (event.run().isPresent()) {
            runs(last).add(event.firstOfRun(), last);
        } else {
            runs(last).add(last);
        }
        return true;
    }

    private static boolean isRepeated(ClusterEvent event) {
        return REPEATED.contains(event.kind()) || REPEATED_RULES.contains(event.rule()) || event.fromState();
    }

    private Runs runs(ClusterEvent event) {
        RunKey key = new RunKey(event.cluster(), event.host(), event.rule(), event.precision(), event.fields());
        return repeated.computeIfAbsent(key, newKey -> new Runs());
    }

    /**
     * The begin of a run of events like {@code event}, which was added, to be told of those that follow.
     *
     * @return empty if each such event is to be added by itself, because it is kept
     */
    public Optional<Repetition> repetition(ClusterEvent event) {
        return REPEATED.contains(event.kind()) || REPEATED_RULES.contains(event.rule())
                ? Optional.of(new Repetition(event, runs(event)))
                : Optional.empty();
    }

    /** The load buckets gathered, in no particular order; several may be of one second, and count together. */
    public List<LoadBucket> buckets() {
        return List.copyOf(buckets);
    }

    /** Everything gathered, in no particular order. */
    public Collection<Evidence> all() {
        List<Evidence> all = new ArrayList<>(turningPoints);
        repeated.values().forEach(runs -> all.addAll(runs.ends()));
        all.addAll(marks);
        all.addAll(settings);
        all.addAll(buckets);
        return all;
    }
}
