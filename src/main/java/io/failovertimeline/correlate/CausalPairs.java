package io.failovertimeline.correlate;

import static io.failovertimeline.correlate.ClockBound.Proof.COMMIT_BEFORE_REPLAY;
import static io.failovertimeline.correlate.ClockBound.Proof.END_OF_STREAM_BEFORE_SHUTDOWN;
import static io.failovertimeline.correlate.ClockBound.Proof.LAST_WORD_BEFORE_STANDBY_GONE;
import static io.failovertimeline.correlate.ClockBound.Proof.LEADING_BEFORE_LOCK;
import static io.failovertimeline.correlate.ClockBound.Proof.LOCK_BEFORE_NAMED;
import static io.failovertimeline.correlate.ClockBound.Proof.NAMED_BEFORE_LOCK;
import static io.failovertimeline.correlate.ClockBound.Proof.RELEASE_BEFORE_LOCK;
import static io.failovertimeline.correlate.ClockBound.Proof.STANDBY_GONE_BEFORE_START;
import static io.failovertimeline.correlate.ClockBound.Proof.STOP_BEFORE_END_OF_STREAM;
import static io.failovertimeline.correlate.ClockBound.Proof.STOP_BEFORE_LOCK;
import static io.failovertimeline.correlate.ClockBound.Proof.TIMELINE;
import static io.failovertimeline.model.EventKind.FAILOVER_REQUESTED;
import static io.failovertimeline.model.EventKind.LOCK_LOST;
import static io.failovertimeline.model.EventKind.LOCK_RELEASED;
import static io.failovertimeline.model.EventKind.STREAM_LOST;
import static io.failovertimeline.model.EventKind.STREAM_STARTED;
import static io.failovertimeline.model.EventKind.SWITCHOVER_REQUESTED;

import io.failovertimeline.correlate.HostView.Change;
import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.EventKind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds events of which one came before the other, whatever the clocks of their hosts say. Two lines are a pair by what they say: the
 * number of a timeline, the names of who led and who leads. Where several lines could be meant, none is taken.
 */
final class CausalPairs {

    /** Lines further apart than this are not taken for a pair: clocks are not that wrong. */
    static final Duration REACH = Duration.ofMinutes(10);

    /** What belongs to one change of leaders stands within this time on one host. */
    private static final Duration ONE_CHANGE = Duration.ofSeconds(30);

    /** A primary is shut down within this time. */
    private static final Duration SHUTDOWN = Duration.ofMinutes(5);

    /** Written by PostgreSQL, whatever the settings: {@code 2026-11-22 18:15:56.104275+00}. */
    private static final DateTimeFormatter LOG_TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .appendOffset("+HH:mm:ss", "+00")
            .toFormatter(Locale.ROOT);

    private static final Pattern SLOT = Pattern.compile("START_REPLICATION SLOT \"([^\"]+)\"");

    private static final Set<String> NAMES_TIMELINE = Set.of(
            "postgresql.streaming-started",
            "postgresql.streaming-restarted",
            "postgresql.new-target-timeline",
            "patroni.primary-timeline");

    /** A record may come as several lines, each of which tells of the same end of a stream. */
    private static final Duration ONE_END = Duration.ofSeconds(1);

    /** What a leader may write between its last round in order and losing the lead. */
    private static final EventKind[] TROUBLE = {
        EventKind.FAULT_SIGNAL,
        EventKind.DEMOTION_STARTED,
        EventKind.DEMOTED,
        LOCK_LOST,
        EventKind.DCS_LOST,
        EventKind.FAILSAFE,
        EventKind.CRASH_RECOVERY,
        EventKind.RESTARTING,
        SWITCHOVER_REQUESTED,
        FAILOVER_REQUESTED
    };

    private final List<HostView> views;
    private final List<ClockBound> bounds = new ArrayList<>();

    private CausalPairs(List<HostView> views) {
        this.views = views;
    }

    /** What each host wrote, by its own clock. Lines of unknown hosts are left out. */
    static List<HostView> views(Chronicle written) {
        SortedMap<Clock, List<Entry>> byClock = new TreeMap<>();
        written.stream().forEach(entry -> Clock.of(entry.event())
                .ifPresent(clock -> byClock.computeIfAbsent(clock, newClock -> new ArrayList<>())
                        .add(entry)));
        return byClock.entrySet().stream()
                .map(host -> new HostView(host.getKey(), host.getValue()))
                .toList();
    }

    /** The bounds that all pairs give. */
    static List<ClockBound> bounds(List<HostView> views) {
        CausalPairs pairs = new CausalPairs(views);
        pairs.timelines();
        for (HostView primary : views) {
            for (HostView standby : views) {
                if (primary != standby) {
                    pairs.endsOfStreams(primary, standby);
                    pairs.deaths(primary, standby);
                }
            }
        }
        for (HostView winner : views) {
            winner.changes().stream()
                    .filter(change -> winner.isOf(change.to()))
                    .forEach(change -> pairs.takeover(winner, change));
        }
        return pairs.bounds;
    }

    private void timelines() {
        Map<Integer, List<Entry>> selected = new TreeMap<>();
        for (HostView view : views) {
            view.stream().filter(entry -> entry.says("postgresql.new-timeline")).forEach(entry -> entry.timeline()
                    .ifPresent(timeline -> selected.computeIfAbsent(timeline, newTimeline -> new ArrayList<>())
                            .add(entry)));
        }
        selected.forEach((timeline, entries) -> {
            if (entries.size() == 1) {
                Entry selection = entries.get(0);
                views.forEach(view -> view.first(
                                selection.at().minus(REACH),
                                selection.at().plus(REACH),
                                entry -> NAMES_TIMELINE.contains(entry.event().rule())
                                        && entry.timeline()
                                                .filter(timeline::equals)
                                                .isPresent())
                        .ifPresent(named -> add(TIMELINE, selection, named)));
            }
        });
    }

    /** A primary that is stopped ends the streams of its standbys, and goes when they have ended. */
    private void endsOfStreams(HostView primary, HostView standby) {
        List<Entry> stops = primary.stream()
                .filter(entry -> entry.says("postgresql.shutdown-requested") && Signs.ofStop(entry))
                .filter(entry ->
                        primary.leaderAt(entry.at()).filter(primary::isOf).isPresent())
                .toList();
        List<Entry> ends = firstOfEach(
                ONE_END,
                standby.stream()
                        .filter(CausalPairs::isOrderlyEnd)
                        .filter(entry -> standby.leaderAt(entry.at())
                                .filter(primary::isOf)
                                .isPresent())
                        .filter(entry -> !goesOnOnAnotherTimeline(standby, entry))
                        .toList());
        for (Entry stop : stops) {
            List<Entry> near = near(stop, ends);
            if (near.size() == 1 && near(near.get(0), stops).size() == 1) {
                add(STOP_BEFORE_END_OF_STREAM, stop, near.get(0));
                primary.first(
                                stop.at(),
                                stop.at().plus(SHUTDOWN),
                                entry -> entry.says("postgresql.shut-down")
                                        && !entry.at().isBefore(stop.at()))
                        .ifPresent(down -> add(END_OF_STREAM_BEFORE_SHUTDOWN, near.get(0), down));
            }
        }
    }

    /** A primary loses the stream of a standby after the last word of its host, and before that comes up again. */
    private void deaths(HostView primary, HostView standby) {
        List<Entry> ends = lostStandbys(primary, standby);
        List<Entry> starts = firstOfEach(
                ONE_CHANGE,
                standby.stream()
                        .filter(entry -> Signs.ofBoot(entry) || entry.says("systemd.started"))
                        .filter(entry -> hadStreamed(standby, entry.at()))
                        .toList());
        for (Entry start : starts) {
            List<Entry> near = near(start, ends);
            if (near.size() == 1 && near(near.get(0), starts).size() == 1) {
                add(STANDBY_GONE_BEFORE_START, near.get(0), start);
                standby.stream()
                        .filter(entry -> entry.at().isBefore(start.at()))
                        .reduce((earlier, later) -> later)
                        .ifPresent(word -> add(LAST_WORD_BEFORE_STANDBY_GONE, word, near.get(0)));
            }
        }
    }

    private static boolean hadStreamed(HostView standby, Instant before) {
        return standby.stream()
                .anyMatch(entry -> entry.proves(STREAM_STARTED) && entry.at().isBefore(before));
    }

    /** Where primaries lost the stream of a standby that did not say goodbye. */
    static List<Entry> lostStandbys(List<HostView> views) {
        return views.stream()
                .flatMap(primary -> views.stream()
                        .filter(standby -> standby != primary)
                        .flatMap(standby -> lostStandbys(primary, standby).stream()))
                .toList();
    }

    /** The statement names the slot, which Patroni calls after the member. */
    private static List<Entry> lostStandbys(HostView primary, HostView standby) {
        return firstOfEach(
                ONE_END,
                primary.stream()
                        .filter(entry -> entry.says("postgresql.standby-gone")
                                && slot(entry)
                                        .filter(name -> standby.stream().anyMatch(word -> word.writer()
                                                .filter(member -> slotOf(member).equals(name))
                                                .isPresent()))
                                        .isPresent())
                        .toList());
    }

    private static Optional<String> slot(Entry entry) {
        Matcher slot = SLOT.matcher(entry.event().text());
        return slot.find() ? Optional.of(slot.group(1)) : Optional.empty();
    }

    /** Patroni writes what PostgreSQL does not take in the name of a slot as an underscore. */
    private static String slotOf(String member) {
        return member.toLowerCase(Locale.ROOT).replaceAll("[-.]", "_");
    }

    private static boolean isOrderlyEnd(Entry entry) {
        return entry.proves(STREAM_LOST) && entry.has("reason", "CLEAN");
    }

    /** Of entries in order, those that come more than {@code pause} after the one before. */
    private static List<Entry> firstOfEach(Duration pause, List<Entry> entries) {
        return IntStream.range(0, entries.size())
                .filter(i -> i == 0
                        || entries.get(i).at().isAfter(entries.get(i - 1).at().plus(pause)))
                .mapToObj(entries::get)
                .toList();
    }

    /** A stream also ends where the timeline does; the same process then asks for the next one. */
    private static boolean goesOnOnAnotherTimeline(HostView standby, Entry end) {
        return standby.first(
                        end.at(),
                        end.at().plus(ONE_CHANGE),
                        entry -> entry.proves(STREAM_STARTED) && !entry.at().isBefore(end.at()))
                .filter(entry -> entry.says("postgresql.streaming-restarted"))
                .isPresent();
    }

    /** The first line of each takeover on the host, be it from another member or its own return, written with the lock in hand. */
    static List<Entry> locks(HostView view) {
        return firstOfEach(
                ONE_CHANGE,
                view.stream()
                        .filter(entry -> provesLock(entry) || entry.says("patroni.promoted-with-lock"))
                        .toList());
    }

    /** The locks of a host but for the one that it takes when its cluster is made: nobody led before. */
    static List<Entry> takeovers(HostView view) {
        return locks(view).stream()
                .filter(lock -> view.leaderAt(lock.at().minusNanos(1)).isPresent()
                        || view.first(lock.at().minus(REACH), lock.at(), entry -> entry.proves(EventKind.BOOTSTRAP))
                                .isEmpty())
                .toList();
    }

    static boolean provesLock(Entry entry) {
        return entry.from(Component.PATRONI)
                && (entry.provesAny(EventKind.LOCK_ACQUIRED, EventKind.PROMOTED)
                        || Leadership.ARMING.contains(entry.event().rule()));
    }

    private static Optional<Entry> lock(HostView winner, Change change) {
        return winner.first(
                change.last().at(),
                change.first().at().plus(ONE_CHANGE),
                entry -> provesLock(entry) && entry.at().isAfter(change.last().at()));
    }

    private void takeover(HostView winner, Change change) {
        Optional<Entry> lock = lock(winner, change);
        Entry taken = lock.orElse(change.first());
        for (HostView other : views) {
            if (other != winner) {
                counterpart(winner, change, other).ifPresent(seen -> {
                    lock.ifPresent(entry -> add(LOCK_BEFORE_NAMED, entry, seen.first()));
                    if (other.isOf(change.from())) {
                        lost(other, seen, taken);
                    } else {
                        add(NAMED_BEFORE_LOCK, seen.last(), taken);
                    }
                });
                if (other.isOf(change.from())) {
                    lastCommit(winner, other, change, taken);
                }
            }
        }
    }

    /** The same change as {@code other} saw it, if only one can be meant. */
    private static Optional<Change> counterpart(HostView winner, Change change, HostView other) {
        List<Change> seen = alike(change, other);
        return seen.size() == 1 && alike(seen.get(0), winner).size() == 1 ? Optional.of(seen.get(0)) : Optional.empty();
    }

    private static List<Change> alike(Change change, HostView other) {
        return other.changes().stream()
                .filter(seen -> seen.from().equals(change.from()) && seen.to().equals(change.to()))
                .filter(seen -> areNear(change.first(), seen.first()))
                .toList();
    }

    /** How the old leader itself saw that it lost the lead. */
    private void lost(HostView loser, Change seen, Entry taken) {
        Instant from = seen.last().at();
        Instant to = seen.first().at();
        boolean stalled = loser.during(from, from.plus(ONE_CHANGE))
                .anyMatch(entry -> entry.proves(LOCK_LOST) || Signs.ofLateDemotion(entry));
        if (!stalled) {
            add(LEADING_BEFORE_LOCK, seen.last(), taken);
        }
        loser.first(from, to, entry -> entry.provesAny(TROUBLE))
                .filter(entry -> Signs.ofStop(entry) || entry.provesAny(SWITCHOVER_REQUESTED, FAILOVER_REQUESTED))
                .ifPresent(stop -> add(STOP_BEFORE_LOCK, stop, taken));
        loser.first(from, to, entry -> entry.says("patroni.key-released") && entry.proves(LOCK_RELEASED))
                .ifPresent(released -> add(RELEASE_BEFORE_LOCK, released, taken));
    }

    /** The last transaction that the winner replayed carries the time of the old primary's clock. */
    private void lastCommit(HostView winner, HostView loser, Change change, Entry taken) {
        winner.first(
                        taken.at().minusSeconds(1),
                        taken.at().plus(ONE_CHANGE),
                        entry -> entry.says("postgresql.last-transaction"))
                .ifPresent(told -> commit(told)
                        .filter(commit -> areNear(commit, told.at()))
                        .ifPresent(commit -> bounds.add(ClockBound.of(
                                COMMIT_BEFORE_REPLAY,
                                loser.clock(),
                                commit,
                                winner.clock(),
                                end(brokenStream(winner, change, taken).orElse(told))))));
    }

    /**
     * The end of the winner's last stream, if the process that sent it was gone: nothing was committed there afterwards that could
     * come in by another way, such as an archive.
     */
    private static Optional<Entry> brokenStream(HostView winner, Change change, Entry taken) {
        Instant from = winner.during(change.last().at().minus(REACH), taken.at())
                .filter(entry -> entry.proves(STREAM_STARTED))
                .map(Entry::at)
                .reduce((earlier, later) -> later)
                .orElse(taken.at());
        return winner.first(
                        from,
                        taken.at(),
                        entry -> entry.proves(STREAM_LOST) && !entry.at().isBefore(from))
                .filter(entry -> isOrderlyEnd(entry)
                        || entry.says("postgresql.end-of-streaming-not-sent")
                        || entry.event().text().contains("server closed the connection unexpectedly"));
    }

    private static Optional<Instant> commit(Entry entry) {
        try {
            return entry.event().field("lastTransaction").map(written -> OffsetDateTime.parse(written, LOG_TIME)
                    .toInstant());
        } catch (DateTimeException inWordsOfAnotherKind) {
            return Optional.empty();
        }
    }

    private static List<Entry> near(Entry entry, Collection<Entry> others) {
        return others.stream().filter(other -> areNear(entry, other)).toList();
    }

    private static boolean areNear(Entry a, Entry b) {
        return areNear(a.at(), b.at());
    }

    private static boolean areNear(Instant a, Instant b) {
        return Duration.between(a, b).abs().compareTo(REACH) <= 0;
    }

    private void add(ClockBound.Proof proof, Entry earlier, Entry later) {
        Clock first = clock(earlier);
        Clock second = clock(later);
        if (!first.equals(second)) {
            bounds.add(ClockBound.of(proof, first, earlier.at(), second, end(later)));
        }
    }

    static Clock clock(Entry entry) {
        return Clock.of(entry.event()).orElseThrow();
    }

    static Instant end(Entry entry) {
        ClusterEvent event = entry.event();
        return event.precision().endOf(event.at());
    }
}
