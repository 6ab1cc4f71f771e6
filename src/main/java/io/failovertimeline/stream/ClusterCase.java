package io.failovertimeline.stream;

import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.LoadBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All evidence of one cluster that is kept, and what was published of it. */
final class ClusterCase {

    /** Incidents that start so soon after forgotten evidence may have lost their beginning with it. */
    private static final Duration MARGIN = Duration.ofHours(1);

    /** What follows from a sign of trouble by itself, such as that a leader is missed, does so within this time. */
    private static final Duration UNEASY = Duration.ofSeconds(60);

    final Map<String, Published> published = new TreeMap<>();

    final ClusterAlerts alerts = new ClusterAlerts();

    final NearbyLoad load = new NearbyLoad();

    final Backlog backlog = new Backlog();

    private final Map<String, Evidence> pieces = new HashMap<>();
    private final NavigableSet<Dated> byTime = new TreeSet<>();
    private Instant forgottenBefore = Instant.MIN;
    private long grownAt;
    private long toldAt = Long.MIN_VALUE;
    /** Event time of the latest evidence but for heartbeats and requests that were served. */
    private Instant news = Instant.MIN;

    private Instant overdueFrom = Instant.MAX;

    private record Dated(Instant at, String id) implements Comparable<Dated> {
        @Override
        public int compareTo(Dated other) {
            int byTime = at.compareTo(other.at);
            return byTime == 0 ? id.compareTo(other.id) : byTime;
        }
    }

    /**
     * Event time as it is if it has gone on as the wall clock did since the latest evidence came; empty if there is none.
     *
     * @param wallClock in milliseconds
     */
    Optional<Instant> now(long wallClock) {
        return latest().map(at -> at.plusMillis(Math.max(0, wallClock - grownAt)));
    }

    /** Event time of the latest evidence; empty if there is none. */
    Optional<Instant> latest() {
        return byTime.isEmpty() ? Optional.empty() : Optional.of(byTime.last().at());
    }

    /** All that is known is told, at {@code wallClock} in milliseconds. */
    void toldAt(long wallClock) {
        toldAt = wallClock;
    }

    /** Whether that was after {@code wallClock}. */
    boolean wasToldSince(long wallClock) {
        return toldAt > wallClock;
    }

    /** From when on, in event time, something that was told is to be told to wait still. */
    Instant overdueFrom() {
        return overdueFrom;
    }

    void overdueFrom(Instant instant) {
        overdueFrom = instant;
    }

    /** What a piece changes. */
    enum Change {
        /** Nothing. */
        NONE,
        /** Heartbeats that were there go on, at a pace that is known by now, or requests are served. */
        GOES_ON,
        /** Something is known that was not. */
        NEW
    }

    /**
     * Takes {@code piece}, in place of the one with the same id unless that tells the same record with more of its lines.
     *
     * @param wallClock when it came, in milliseconds
     */
    Change put(Piece piece, long wallClock) {
        Evidence before = pieces.get(piece.id());
        if (piece.evidence().equals(before) || tellsMore(before, piece.evidence())) {
            return Change.NONE;
        }
        pieces.put(piece.id(), piece.evidence());
        if (before != null) {
            time(before).ifPresent(at -> byTime.remove(new Dated(at, piece.id())));
        }
        time(piece.evidence()).ifPresent(at -> byTime.add(new Dated(at, piece.id())));
        grownAt = wallClock;
        boolean goesOn = piece.evidence()
                .match(
                        event -> event.run().isPresent(),
                        mark -> false,
                        settings -> settings.isEstimate(),
                        bucket -> bucket.failed() == 0);
        if (goesOn) {
            return Change.GOES_ON;
        }
        time(piece.evidence()).filter(at -> piece.isNews() && at.isAfter(news)).ifPresent(at -> news = at);
        return Change.NEW;
    }

    /**
     * Whether it matters at once that heartbeats go on: an incident is open, or something else was heard not long ago, so that it may tell
     * something who is silent.
     */
    boolean isUneasy() {
        boolean hasNews = news.isAfter(Instant.MIN)
                && latest().filter(at -> at.isAfter(news.plus(UNEASY))).isEmpty();
        return hasNews
                || published.values().stream()
                        .anyMatch(its -> !its.withdrawn() && !TimelineChanges.closed(its.incident()));
    }

    private static boolean tellsMore(@Nullable Evidence before, Evidence now) {
        return before instanceof ClusterEvent known
                && now instanceof ClusterEvent event
                && known.isFullerTellingOf(event);
    }

    /** Whether {@code piece} is of a time whose other evidence is no longer there. */
    boolean isTooLate(Piece piece) {
        return time(piece.evidence()).filter(at -> at.isBefore(forgottenBefore)).isPresent();
    }

    /** Whether an incident that starts at {@code start} can no longer be told in full. */
    boolean isSealed(Instant start) {
        return forgottenBefore.isAfter(Instant.MIN) && start.isBefore(forgottenBefore.plus(MARGIN));
    }

    /** Drops the oldest evidence if there is more than {@code most}; answers the dropped ids. */
    List<String> forgetBeyond(int most) {
        List<String> forgotten = new ArrayList<>();
        if (pieces.size() > most) {
            // A tenth at once, so that the time up to which all is known does not move with every record.
            while (pieces.size() > most - most / 10 && !byTime.isEmpty()) {
                Dated oldest = byTime.pollFirst();
                pieces.remove(oldest.id());
                forgotten.add(oldest.id());
                forgottenBefore = oldest.at().plusNanos(1);
            }
        }
        return forgotten;
    }

    /** Whether {@code piece} was not dropped. */
    boolean keeps(Piece piece) {
        return pieces.containsKey(piece.id());
    }

    /** All evidence from this instant on is kept; {@link Instant#MIN} if nothing was dropped. */
    Instant forgottenBefore() {
        return forgottenBefore;
    }

    void forgottenBefore(Instant instant) {
        forgottenBefore = instant;
    }

    /** The seconds within {@code window} of whose requests all is kept. */
    Stream<Instant> secondsOfLoad(LoadWindow window) {
        Instant from = window.from().isBefore(forgottenBefore) ? forgottenBefore : window.from();
        return window.to().isBefore(from)
                ? Stream.empty()
                : between(from, window.to().plusNanos(1)).map(LoadBucket::second);
    }

    /** The buckets of {@code second}, added up over their sources. */
    Collection<LoadBucket> loadOf(Instant second) {
        Map<LoadBucket.Key, LoadBucket> sums = new TreeMap<>();
        between(second, second.plusNanos(1)).forEach(bucket -> sums.merge(bucket.key(), bucket, LoadBucket::plus));
        return sums.values();
    }

    private Stream<LoadBucket> between(Instant from, Instant before) {
        return byTime.subSet(new Dated(from, ""), new Dated(before, "")).stream()
                .map(dated -> pieces.get(dated.id()))
                .filter(LoadBucket.class::isInstance)
                .map(LoadBucket.class::cast);
    }

    /** Everything kept, with the buckets of one second and endpoint added up over their sources. */
    Collection<Evidence> evidence() {
        List<Evidence> all = new ArrayList<>();
        Map<LoadBucket.Key, LoadBucket> sums = new HashMap<>();
        pieces.values()
                .forEach(evidence -> evidence.match(
                        all::add,
                        all::add,
                        all::add,
                        bucket -> sums.merge(bucket.key(), bucket, LoadBucket::plus) != null));
        all.addAll(sums.values());
        return all;
    }

    private static Optional<Instant> time(Evidence evidence) {
        return evidence.match(
                event -> Optional.of(event.at()),
                mark -> Optional.empty(),
                settings -> Optional.empty(),
                bucket -> Optional.of(bucket.second()));
    }
}
