package io.failovertimeline.decode;

import java.time.LocalDateTime;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which processes of a host spoke as Patroni in one source, as whom, and from when until when. Bounded for each host. */
final class SpeakerNotes {

    /** Processes kept of a host, those with the lowest numbers. */
    private static final int MOST = 256;

    /** Of times without a year, which are compared with one another only; a leap year, so that each day is in it. */
    private static final int SOME_YEAR = 2000;

    private final TreeMap<String, NavigableMap<Long, Speaker>> byHost = new TreeMap<>();

    /** By host, the process that spoke last. */
    private final Map<String, Long> latest = new HashMap<>();

    /** Takes what Patroni said in {@code message}. */
    void add(String message, Reading reading) {
        OptionalLong pid = reading.writer().pid();
        Optional<String> self = MemberNotes.self(message);
        Optional<LocalDateTime> at = wall(reading);
        if (pid.isPresent() && self.isPresent() && at.isPresent()) {
            reading.host().ifPresent(host -> {
                NavigableMap<Long, Speaker> known = byHost.computeIfAbsent(host, unused -> new TreeMap<>());
                @Nullable Long before = latest.put(host, pid.getAsLong());
                boolean returns = before != null && before != pid.getAsLong() && known.containsKey(pid.getAsLong());
                known.merge(pid.getAsLong(), speaker(self.get(), reading, at.get(), returns), Speaker::and);
                if (known.size() > MOST) {
                    known.pollLastEntry();
                }
            });
        }
    }

    /** When it was written by the clock on its host's wall. */
    static Optional<LocalDateTime> wall(Reading reading) {
        return reading.ownTime().or(reading::envelopeTime).flatMap(time -> time.wall()
                .or(() -> time.wallIn(SOME_YEAR)));
    }

    private Speaker speaker(String self, Reading reading, LocalDateTime at, boolean returns) {
        TreeSet<String> units = new TreeSet<>();
        reading.writer().unit().ifPresent(units::add);
        return new Speaker(new TreeSet<>(Set.of(self)), units, at, at, Set.of(this), returns);
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
     * @param sources in which it was heard
     * @param returns whether it spoke again in one of them after another process of its host had
     */
    record Speaker(
            NavigableSet<String> selves,
            NavigableSet<String> units,
            LocalDateTime first,
            LocalDateTime last,
            Set<SpeakerNotes> sources,
            boolean returns) {

        Speaker and(Speaker other) {
            TreeSet<String> allSelves = new TreeSet<>(selves);
            allSelves.addAll(other.selves);
            TreeSet<String> allUnits = new TreeSet<>(units);
            allUnits.addAll(other.units);
            Set<SpeakerNotes> allSources = new HashSet<>(sources);
            allSources.addAll(other.sources);
            return new Speaker(
                    allSelves,
                    allUnits,
                    first.isBefore(other.first) ? first : other.first,
                    last.isAfter(other.last) ? last : other.last,
                    allSources,
                    returns || other.returns);
        }

        /** Whether it speaks besides {@code other} and not after it, though a clock that is put back may make it seem so. */
        boolean mayBeBeside(Speaker other) {
            return returns || other.returns || Collections.disjoint(sources, other.sources);
        }
    }
}
