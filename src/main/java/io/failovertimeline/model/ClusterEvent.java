package io.failovertimeline.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One significant log record.
 *
 * @param cluster the Patroni scope
 * @param at the earliest instant the line's stamp allows
 * @param precision how much later it may have been
 * @param kinds what the line proves, the most telling first; never empty
 * @param host who wrote it; empty if unknown
 * @param rule id of the catalog entry that recognized it
 * @param fields what the entry captured, by the field names of {@code grok-patterns/README.md}
 * @param text the message as it was written, its lines joined by line feeds
 * @param origin where the first line stands
 */
public record ClusterEvent(
        String cluster,
        Instant at,
        Precision precision,
        List<EventKind> kinds,
        Optional<String> host,
        String rule,
        SortedMap<String, String> fields,
        String text,
        Origin origin)
        implements Evidence, Comparable<ClusterEvent> {

    /** How ids of rules begin that read state dumps rather than lines of logs. */
    public static final String STATE_RULES = "state.";

    /** The field in which the last event of an unbroken run of equal ones has the time since the first, as ISO-8601 writes it. */
    public static final String RUN = "run";

    /** The field in which such an event has where the first stands, if that is known. */
    private static final String RUN_ORIGIN = "run.origin";

    /** The field of an event that is kept for its place: in a run by time, it is where times of one source go back. */
    private static final String TURN = "run.turn";

    /** By time; then by what is said, so that the order does not hang on where a line was read. */
    private static final Comparator<ClusterEvent> ORDER = Comparator.comparing(ClusterEvent::at)
            .thenComparing(ClusterEvent::precision)
            .thenComparing(event -> event.host().orElse(""))
            .thenComparing(ClusterEvent::text)
            .thenComparing(ClusterEvent::rule)
            .thenComparing(ClusterEvent::cluster)
            .thenComparing(ClusterEvent::origin)
            .thenComparing(event -> event.kinds().toString())
            .thenComparing(event -> event.fields().toString());

    public ClusterEvent {
        kinds = List.copyOf(kinds);
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("event of rule " + rule + " proves nothing");
        }
    }

    /** The most telling of {@link #kinds()}. */
    public EventKind kind() {
        return kinds.get(0);
    }

    /** Whether the line proves {@code kind}, alone or among others. */
    public boolean proves(EventKind kind) {
        return kinds.contains(kind);
    }

    /** Whether an entry for {@code component} recognized it: an entry's id begins with its component's name and a dot. */
    public boolean from(Component component) {
        return rule.startsWith(component.name().toLowerCase(Locale.ROOT) + ".");
    }

    /** Whether a state dump said it afterwards: it may stand beside what logs tell, and proves nothing without them. */
    public boolean fromState() {
        return rule.startsWith(STATE_RULES);
    }

    /** Whether a log of its cluster's told it as it happened: neither a dump afterwards, nor a program that only shares a host with a member. */
    public boolean fromItsLogs() {
        return !fromState() && !proves(EventKind.HOST_WENT_ON);
    }

    /** What the entry captured under {@code name}; empty if it did not. */
    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** The same as the last of an unbroken run of equal ones that began {@code length} before. */
    public ClusterEvent endingRunOf(Duration length) {
        SortedMap<String, String> more = new TreeMap<>(fields);
        more.put(RUN, length.toString());
        return withFields(more);
    }

    /** The same as the last of an unbroken run of equal ones that {@code first} began. */
    public ClusterEvent endingRunOf(ClusterEvent first) {
        SortedMap<String, String> more = new TreeMap<>(fields);
        more.put(RUN, Duration.between(first.at, at).toString());
        more.put(RUN_ORIGIN, first.origin.toString());
        return withFields(more);
    }

    /** How long the run was that the event is the last of; empty if it is none. */
    public Optional<Duration> run() {
        return field(RUN).map(Duration::parse);
    }

    /** The event without a word of the run that it belongs to. */
    public ClusterEvent alone() {
        SortedMap<String, String> fewer = new TreeMap<>(fields);
        fewer.remove(RUN);
        fewer.remove(RUN_ORIGIN);
        fewer.remove(TURN);
        return withFields(fewer);
    }

    /** The same, kept of a run for its place: it counts only if the clock was put back there. */
    public ClusterEvent atTurn() {
        SortedMap<String, String> more = new TreeMap<>(fields);
        more.put(TURN, "");
        return withFields(more);
    }

    /** Whether it is {@link #atTurn()}. */
    public boolean isAtTurn() {
        return fields.containsKey(TURN);
    }

    /** The same, counting in any case. */
    public ClusterEvent counting() {
        SortedMap<String, String> fewer = new TreeMap<>(fields);
        fewer.remove(TURN);
        return withFields(fewer);
    }

    /** The first event of the run that this is the last of; the event itself if it is none. */
    public ClusterEvent firstOfRun() {
        Origin begin = field(RUN_ORIGIN).map(Origin::parse).orElse(origin);
        return alone().again(run().map(at::minus).orElse(at), begin);
    }

    private ClusterEvent withFields(SortedMap<String, String> others) {
        return new ClusterEvent(cluster, at, precision, kinds, host, rule, others, text, origin);
    }

    /** The same, written when {@code other} was. */
    public ClusterEvent stampedAs(ClusterEvent other) {
        return new ClusterEvent(cluster, other.at, other.precision, kinds, host, rule, fields, text, origin);
    }

    /** Whether this is the record {@code other} with more of its lines. */
    public boolean isFullerTellingOf(ClusterEvent other) {
        return origin.equals(other.origin) && at.equals(other.at) && text.startsWith(other.text + "\n");
    }

    /** The same line, had its clock shown {@code instant}. */
    public ClusterEvent stampedAt(Instant instant) {
        return again(instant, origin);
    }

    /** The same event at another time, of the same precision, and in another place. */
    public ClusterEvent again(Instant when, Origin where) {
        return new ClusterEvent(cluster, when, precision, kinds, host, rule, fields, text, where);
    }

    @Override
    public int compareTo(ClusterEvent other) {
        return ORDER.compare(this, other);
    }

    @Override
    public <R> R match(
            Function<ClusterEvent, R> ifEvent,
            Function<Mark, R> ifMark,
            Function<ClusterSettings, R> ifSettings,
            Function<LoadBucket, R> ifLoad) {
        return ifEvent.apply(this);
    }

    /** An event without captured fields, for the many lines that only say what happened. */
    public static ClusterEvent plain(
            String cluster,
            Stamp stamp,
            EventKind kind,
            Optional<String> host,
            String rule,
            String text,
            Origin origin) {
        return new ClusterEvent(
                cluster,
                stamp.at(),
                stamp.precision(),
                List.of(kind),
                host,
                rule,
                new TreeMap<>(Map.of()),
                text,
                origin);
    }
}
