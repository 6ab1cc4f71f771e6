package io.failovertimeline.correlate;

import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Precision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The events of one cluster in order of time, each once, with who is in them: what logs tell, and apart from it what dumps do and what
 * was written on its members' hosts by others.
 */
final class Chronicle {

    /** How much later than the program's own stamp a logger's stamp of the same line may be. */
    private static final Duration LOGGING_DELAY = Duration.ofSeconds(3);

    /** How far the sender's and the receiver's stamp of the same line may be apart. */
    private static final Duration JITTER = Duration.ofMillis(20);

    /** How far apart the two instants of a local time are that clocks showed twice. */
    private static final Duration REPEATED = Duration.ofHours(1);

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private static final Comparator<ClusterEvent> FINEST_AND_FULLEST_FIRST = Comparator.comparing(
                    ClusterEvent::precision)
            .thenComparing(Comparator.comparingLong(Chronicle::lines).reversed())
            .thenComparing(Comparator.naturalOrder());

    private final List<Entry> entries;
    private final List<Entry> stated;
    private final List<Entry> beside;
    private final Map<String, Speech> patroni = new HashMap<>();

    /** Of {@code events}, with the times of hosts whose clocks were put back on one scale. */
    Chronicle(Collection<ClusterEvent> events, ClockSteps steps) {
        List<ClusterEvent> logged =
                events.stream().filter(ClusterEvent::fromItsLogs).toList();
        Members members = new Members(logged);
        this.entries = entries(withoutCopies(steps.onOneScale(logged), members), members);
        this.stated = entries(
                withoutCopies(
                        events.stream()
                                .filter(ClusterEvent::fromState)
                                .map(ClockSteps.Scaled::asWritten)
                                .toList(),
                        members),
                members);
        this.beside = entries(
                steps.onOneScale(events.stream()
                        .filter(event -> event.proves(EventKind.HOST_WENT_ON))
                        .toList()),
                members);
    }

    private static List<Entry> entries(Collection<ClockSteps.Scaled> events, Members members) {
        return events.stream()
                .sorted(Comparator.comparing(ClockSteps.Scaled::event))
                .map(scaled -> Entry.of(scaled.event(), members, scaled.correction()))
                .toList();
    }

    private Chronicle(List<Entry> entries, List<Entry> stated, List<Entry> beside) {
        this.entries = entries;
        this.stated = stated;
        this.beside = beside;
    }

    /** The same events with their times as {@code clocks} correct them. */
    Chronicle on(Clocks clocks) {
        return clocks.offsets().isEmpty()
                ? this
                : new Chronicle(on(clocks, entries), on(clocks, stated), on(clocks, beside));
    }

    private static List<Entry> on(Clocks clocks, List<Entry> entries) {
        return entries.stream()
                .map(entry -> entry.on(clocks))
                .sorted(Comparator.comparing(Entry::event))
                .toList();
    }

    /**
     * The same record comes in several copies: Patroni's own and one of Python's default handler, one in the journal and one in a
     * file, the same journal in two formats, one with all of its lines and one without the last. Of these the one with the finest
     * stamp stays; if another tells more of its lines, what they say stays with that stamp.
     */
    private static List<ClockSteps.Scaled> withoutCopies(Collection<ClockSteps.Scaled> events, Members members) {
        record Words(Optional<String> writer, String firstLine) {}
        Map<Words, List<ClockSteps.Scaled>> sameWords = new HashMap<>();
        for (ClockSteps.Scaled scaled : events) {
            ClusterEvent event = scaled.event();
            sameWords
                    .computeIfAbsent(new Words(members.writer(event), firstLine(event)), words -> new ArrayList<>())
                    .add(scaled);
        }
        List<ClockSteps.Scaled> unique = new ArrayList<>();
        for (List<ClockSteps.Scaled> copies : sameWords.values()) {
            List<ClockSteps.Scaled> kept = new ArrayList<>();
            copies.stream()
                    .sorted(Comparator.comparing(ClockSteps.Scaled::event, FINEST_AND_FULLEST_FIRST))
                    .forEach(scaled -> addUnlessCopy(scaled, kept));
            unique.addAll(kept);
        }
        return unique;
    }

    private static void addUnlessCopy(ClockSteps.Scaled scaled, List<ClockSteps.Scaled> kept) {
        ClusterEvent event = scaled.event();
        for (int i = 0; i < kept.size(); i++) {
            ClockSteps.Scaled known = kept.get(i);
            ClusterEvent better = known.event();
            if (isCopy(event, better) && isSameRecord(event, better)) {
                if (lines(event) > lines(better)) {
                    kept.set(i, new ClockSteps.Scaled(event.stampedAs(better), known.correction()));
                }
                return;
            }
        }
        kept.add(scaled);
    }

    /** Whether one says what the other does, and perhaps more lines below. */
    private static boolean isSameRecord(ClusterEvent one, ClusterEvent other) {
        String words = words(one.text());
        String others = words(other.text());
        return words.equals(others) || words.startsWith(others + " ") || others.startsWith(words + " ");
    }

    private static long lines(ClusterEvent event) {
        return event.text().chars().filter(character -> character == '\n').count();
    }

    private static String firstLine(ClusterEvent event) {
        int end = event.text().indexOf('\n');
        return words(end < 0 ? event.text() : event.text().substring(0, end));
    }

    /** A copy may have its tabs written out. */
    private static String words(String text) {
        return BLANKS.matcher(text).replaceAll(" ").strip();
    }

    private static boolean isCopy(ClusterEvent event, ClusterEvent better) {
        return isCopyAt(event.at(), event, better)
                || (event.precision() == Precision.REPEATED_HOUR
                        && isCopyAt(event.at().plus(REPEATED), event, better));
    }

    private static boolean isCopyAt(Instant at, ClusterEvent event, ClusterEvent better) {
        boolean sameInterval = !end(event, at).isBefore(better.at())
                && !end(better, better.at()).isBefore(at);
        boolean loggedLater = at.isAfter(better.at())
                && Duration.between(better.at(), at).compareTo(LOGGING_DELAY) <= 0
                && event.precision().compareTo(better.precision()) > 0;
        return sameInterval || loggedLater;
    }

    /** Of a line in a repeated hour the instants between its two are none at which it may have been written. */
    private static Instant end(ClusterEvent event, Instant at) {
        Precision precision = event.precision() == Precision.REPEATED_HOUR ? Precision.SECONDS : event.precision();
        return precision.endOf(at).plus(JITTER);
    }

    /** Whether Patroni on {@code member} spoke after {@code from} and before {@code to}, be it in a line of which only its run is kept. */
    boolean patroniSpoke(String member, Instant from, Instant to) {
        return patroni.computeIfAbsent(member, this::wordsOfPatroni).anyBetween(from, to);
    }

    private Speech wordsOfPatroni(String member) {
        return Speech.of(entries.stream().filter(entry -> entry.by(member) && entry.from(Component.PATRONI)));
    }

    Stream<Entry> stream() {
        return entries.stream();
    }

    /** Entries after {@code from} and not after {@code to}. */
    Stream<Entry> between(Instant from, Instant to) {
        return between(entries, from, to);
    }

    /**
     * What state dumps say of the time after {@code from} and not after {@code to}. It stands beside what logs tell of an incident,
     * and nothing is concluded from it: a history lists promotions of months ago.
     */
    Stream<Entry> stated(Instant from, Instant to) {
        return between(stated, from, to);
    }

    /** What was written on the host of {@code member} while it was silent, by programs that are no part of it. */
    Stream<Entry> beside(String member) {
        return beside.stream().filter(entry -> entry.about(member));
    }

    private static Stream<Entry> between(List<Entry> inOrder, Instant from, Instant to) {
        int begin = countUntil(inOrder, from);
        return inOrder.subList(begin, Math.max(begin, countUntil(inOrder, to))).stream();
    }

    /** How many of them are not after {@code until}. */
    private static int countUntil(List<Entry> inOrder, Instant until) {
        int from = 0;
        int to = inOrder.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (inOrder.get(middle).at().isAfter(until)) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }

    Optional<Entry> last(Instant notAfter, Predicate<Entry> condition) {
        for (int i = countUntil(entries, notAfter) - 1; i >= 0; i--) {
            if (condition.test(entries.get(i))) {
                return Optional.of(entries.get(i));
            }
        }
        return Optional.empty();
    }

    Optional<Entry> first(Instant notBefore, Predicate<Entry> condition) {
        Instant before = notBefore.equals(Instant.MIN) ? notBefore : notBefore.minusNanos(1);
        return between(before, Instant.MAX).filter(condition).findFirst();
    }

    Optional<Instant> begin() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(0).at());
    }

    Optional<Instant> end() {
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(entries.get(entries.size() - 1).at());
    }
}
