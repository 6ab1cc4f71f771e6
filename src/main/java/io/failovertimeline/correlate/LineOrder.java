package io.failovertimeline.correlate;

import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Precision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Patroni wrote on one host, in the order in which it stands in one source: where its clock was put back. Times that go back alone
 * prove nothing, for lines may stand in any order: those of each precision must be in order but for that place, and what they say must
 * not fit the order of their times.
 */
final class LineOrder {

    /** A logger may write lines of one process this much out of order. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private static final Duration HOUR = Duration.ofHours(1);

    /** So many lines of one precision prove an order in which others may stand. */
    private static final int LEAST_LINES = 4;

    /** So many are in order by no accident, where what they say does not tell. */
    private static final int MANY_LINES = 11;

    /** So many lines are no stragglers. */
    private static final int STAYING = 3;

    /** Among so many lines there may be one more place. */
    private static final int LINES_A_STEP = 16;

    /** More places are those of lines in no order. */
    private static final int MOST_STEPS = 8;

    static final Comparator<Entry> BY_PLACE =
            Comparator.comparingLong(LineOrder::position).thenComparing(Entry::event);

    private static final Comparator<Entry> BY_TIME =
            Comparator.comparing(Entry::at).thenComparing(BY_PLACE);

    private final List<Entry> lines;
    private final Map<Precision, List<Entry>> byPrecision;

    /**
     * A place at which times of one precision go back.
     *
     * @param before the last line above it
     * @param after the first line below it
     */
    record Jump(Entry before, Entry after) {
        Duration back() {
            return Duration.between(after.at(), before.at());
        }

        Precision precision() {
            return after.event().precision();
        }

        /** How many places the line below is behind the one above. */
        long distance() {
            return position(after) - position(before);
        }

        boolean overlaps(Jump other) {
            return !after.at().isAfter(other.before.at()) && !other.after.at().isAfter(before.at());
        }
    }

    /** Of lines of one host from one source, in any order. */
    LineOrder(List<Entry> entries) {
        Set<List<Object>> told = new HashSet<>();
        lines = entries.stream()
                .filter(entry -> entry.event().precision() != Precision.REPEATED_HOUR)
                .sorted(BY_PLACE)
                .filter(entry -> told.add(List.of(entry.at(), entry.event().text())))
                .toList();
        byPrecision = lines.stream()
                .collect(Collectors.groupingBy(entry -> entry.event().precision(), TreeMap::new, Collectors.toList()));
    }

    static long position(Entry entry) {
        return entry.event().origin().position();
    }

    /** The places at which the clock was put back; each once for every precision that shows it. */
    List<Jump> steps() {
        List<Jump> jumps = jumps();
        return jumps.stream().filter(jump -> isStep(jump, jumps)).toList();
    }

    /** The places at which it may have been put back, or lines stand that were written before those above them. */
    List<Jump> doubtful() {
        List<Jump> jumps = jumps();
        return jumps.stream().filter(jump -> !isStep(jump, jumps)).toList();
    }

    private List<Jump> jumps() {
        List<Jump> jumps = new ArrayList<>();
        for (List<Entry> sequence : byPrecision.values()) {
            List<Jump> found = jumps(sequence, LEAST);
            boolean isInOrder = found.isEmpty()
                    || (sequence.size() >= LEAST_LINES
                            && found.size() <= Math.min(MOST_STEPS, 1 + sequence.size() / LINES_A_STEP));
            if (!isInOrder) {
                return List.of();
            }
            jumps.addAll(found);
        }
        return jumps;
    }

    /** Where times of {@code sequence}, of one precision and in order of their places, go back by more than {@code least}. */
    static List<Jump> jumps(List<Entry> sequence, Duration least) {
        List<Jump> jumps = new ArrayList<>();
        for (int i = 1; i < sequence.size(); i++) {
            Jump jump = new Jump(sequence.get(i - 1), sequence.get(i));
            if (jump.back().compareTo(least) > 0) {
                jumps.add(jump);
            }
        }
        return jumps;
    }

    private boolean isStep(Jump jump, List<Jump> jumps) {
        List<Entry> above = lines.stream()
                .filter(line -> position(line) <= position(jump.before()))
                .filter(line -> isApart(line, jump, jumps, false))
                .toList();
        List<Entry> below = lines.stream()
                .filter(line -> position(line) >= position(jump.after()))
                .filter(line -> isApart(line, jump, jumps, true))
                .toList();
        Oddness asTheyStand = Oddness.of(
                Stream.concat(above.stream().sorted(BY_TIME), below.stream().sorted(BY_TIME)));
        Oddness byTime =
                Oddness.of(Stream.concat(above.stream(), below.stream()).sorted(BY_TIME));
        int compared = asTheyStand.compareTo(byTime);
        return compared < 0 || (compared == 0 && (goesOnBehind(jump) || isByHours(jump)));
    }

    /** Whether a clock that was put back by whole hours, as one of local time is, would look so. */
    private static boolean isByHours(Jump jump) {
        long silence = -jump.back().toSeconds() % HOUR.toSeconds();
        long sinceHour = silence < -LEAST.toSeconds() ? silence + HOUR.toSeconds() : silence;
        return jump.back().compareTo(HOUR.dividedBy(2)) > 0 && sinceHour <= Runs.LONGEST_PAUSE.toSeconds();
    }

    /** Whether no other jump lies between {@code line} and {@code jump}. */
    private static boolean isApart(Entry line, Jump jump, List<Jump> jumps, boolean isBelow) {
        return jumps.stream()
                .filter(other -> !other.overlaps(jump))
                .noneMatch(other -> isBelow
                        ? position(other.after()) > position(jump.after()) && position(line) >= position(other.after())
                        : position(other.before()) < position(jump.before())
                                && position(line) <= position(other.before()));
    }

    /** Whether many lines of the same kinds repeat a time that has passed: no excerpt of some kinds put below one of others. */
    private boolean goesOnBehind(Jump jump) {
        List<Entry> sequence = byPrecision.getOrDefault(jump.precision(), List.of());
        int place = sequence.indexOf(jump.after());
        List<Entry> above = sequence.subList(0, place);
        List<Entry> below = sequence.subList(place, sequence.size());
        Instant passed = jump.before().at();
        Set<String> rules = above.stream().map(entry -> entry.event().rule()).collect(Collectors.toSet());
        return sequence.size() >= MANY_LINES
                && !jump.after().at().isBefore(above.get(0).at())
                && below.stream()
                                .takeWhile(entry -> !entry.at().isAfter(passed))
                                .count()
                        >= STAYING
                && below.stream().anyMatch(entry -> rules.contains(entry.event().rule()));
    }

    /**
     * What an order of lines leaves unsaid.
     *
     * @param unexplained how often the writer leads or no longer does without a word of how that came
     * @param changes how often another leads
     */
    private record Oddness(int unexplained, int changes) implements Comparable<Oddness> {

        private static final Comparator<Oddness> ORDER =
                Comparator.comparingInt(Oddness::unexplained).thenComparingInt(Oddness::changes);

        private static final EventKind[] LOSS = {
            EventKind.FAULT_SIGNAL,
            EventKind.DEMOTION_STARTED,
            EventKind.DEMOTED,
            EventKind.LOCK_LOST,
            EventKind.LOCK_RELEASED,
            EventKind.DCS_LOST,
            EventKind.CRASH_RECOVERY,
            EventKind.RESTARTING,
            EventKind.SWITCHOVER_REQUESTED,
            EventKind.FAILOVER_REQUESTED
        };

        /** Of {@code lines} in an order that they may have been written in. */
        static Oddness of(Stream<Entry> lines) {
            int unexplained = 0;
            int changes = 0;
            boolean gained = false;
            boolean lost = false;
            Optional<String> leader = Optional.empty();
            for (Entry line : (Iterable<Entry>) lines::iterator) {
                gained |= CausalPairs.provesLock(line);
                lost |= line.provesAny(LOSS);
                Optional<String> named = HostView.named(line);
                if (named.isPresent() && leader.isPresent() && !named.equals(leader)) {
                    changes++;
                    boolean isTold = named.equals(line.writer()) ? gained : !leader.equals(line.writer()) || lost;
                    unexplained += isTold ? 0 : 1;
                    gained = false;
                    lost = false;
                }
                leader = named.isPresent() ? named : leader;
            }
            return new Oddness(unexplained, changes);
        }

        @Override
        public int compareTo(Oddness other) {
            return ORDER.compare(this, other);
        }
    }
}
