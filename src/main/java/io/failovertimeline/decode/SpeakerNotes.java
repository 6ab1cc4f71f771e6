package io.failovertimeline.decode;

import java.time.LocalDateTime;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which processes of a host spoke as Patroni in one source, as whom, and from when until when. Bounded for each host. */
final class SpeakerNotes {

    /** Processes kept of a host, those with the lowest numbers. */
    private static final int MOST = 256;

    /** Of times without a year, which are compared with one another only; a leap year, so that each day is in it. */
    private static final int SOME_YEAR = 2000;

    private final TreeMap<String, NavigableMap<Long, Speaker>> byHost = new TreeMap<>();

    /** Takes what Patroni said in {@code message}. */
    void add(String message, Reading reading) {
        OptionalLong pid = reading.writer().pid();
        Optional<String> self = MemberNotes.self(message);
        Optional<LocalDateTime> at = reading.ownTime().or(reading::envelopeTime).flatMap(time -> time.wall()
                .or(() -> time.wallIn(SOME_YEAR)));
        if (pid.isPresent() && self.isPresent() && at.isPresent()) {
            reading.host().ifPresent(host -> {
                Speaker now = Speaker.of(self.get(), reading.writer().unit(), at.get());
                NavigableMap<Long, Speaker> known = byHost.computeIfAbsent(host, unused -> new TreeMap<>());
                known.merge(pid.getAsLong(), now, Speaker::and);
                if (known.size() > MOST) {
                    known.pollLastEntry();
                }
            });
        }
    }

    /** By host and process. */
    SortedMap<String, NavigableMap<Long, Speaker>> byHost() {
        return Collections.unmodifiableSortedMap(byHost);
    }

    /**
     * One process, as far as it was heard.
     *
     * @param selves as whom it spoke
     * @param units of systemd, in which it ran
     * @param first by the clock on its host's wall
     * @param last likewise
     */
    record Speaker(NavigableSet<String> selves, NavigableSet<String> units, LocalDateTime first, LocalDateTime last) {

        private static Speaker of(String self, Optional<String> unit, LocalDateTime at) {
            TreeSet<String> units = new TreeSet<>();
            unit.ifPresent(units::add);
            return new Speaker(new TreeSet<>(Collections.singleton(self)), units, at, at);
        }

        Speaker and(Speaker other) {
            TreeSet<String> allSelves = new TreeSet<>(selves);
            allSelves.addAll(other.selves);
            TreeSet<String> allUnits = new TreeSet<>(units);
            allUnits.addAll(other.units);
            return new Speaker(
                    allSelves,
                    allUnits,
                    first.isBefore(other.first) ? first : other.first,
                    last.isAfter(other.last) ? last : other.last);
        }
    }
}
