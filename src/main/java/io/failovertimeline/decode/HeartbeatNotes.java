package io.failovertimeline.decode;

import io.failovertimeline.model.Stamp;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When Patroni ended its rounds by the lines of one source, by its own clock. Bounded for each member. */
final class HeartbeatNotes {

    private static final Pattern ROUND = Pattern.compile("no action\\. I am \\(([^()\\s]+)\\), ");

    /** Heartbeats kept, the earliest. */
    private static final int KEPT = 1_000;

    private final TreeMap<String, NavigableSet<LocalDateTime>> ends = new TreeMap<>();

    void add(String message, Reading reading) {
        if (!message.startsWith("no action. I am (")) {
            return;
        }
        Matcher round = ROUND.matcher(message);
        if (round.lookingAt()) {
            // only Patroni's own stamp tells when it spoke; an envelope's may be seconds late
            reading.ownTime()
                    .filter(time -> time.fractionDigits() > 0)
                    .or(() -> reading.envelopeTime().filter(time -> reading.envelopeClock() == Stamp.Clock.SOURCE))
                    .flatMap(WrittenTime::wall)
                    .ifPresent(wall -> keep(round.group(1), wall));
        }
    }

    private void keep(String member, LocalDateTime wall) {
        NavigableSet<LocalDateTime> known = ends.computeIfAbsent(member, unused -> new TreeSet<>());
        known.add(wall);
        if (known.size() > KEPT) {
            known.pollLast();
        }
    }

    /** The usual time from round to round by member, in whole seconds as Patroni counts it; members without a usual one are left out. */
    Map<String, Duration> rounds() {
        TreeMap<String, Duration> rounds = new TreeMap<>();
        ends.forEach((member, known) -> {
            List<Long> gaps = gaps(known);
            if (gaps.size() >= RoundPace.LEAST) {
                long usual = RoundPace.seconds(gaps.get(gaps.size() / 2));
                long near = gaps.stream()
                        .filter(gap -> RoundPace.isNear(gap, usual))
                        .count();
                if (near * 2 > gaps.size()) {
                    rounds.put(member, Duration.ofSeconds(usual));
                }
            }
        });
        return rounds;
    }

    private static List<Long> gaps(NavigableSet<LocalDateTime> known) {
        List<Long> gaps = new ArrayList<>();
        LocalDateTime before = known.first();
        for (LocalDateTime end : known) {
            long gap = Duration.between(before, end).toMillis();
            if (!RoundPace.isCopy(gap)) {
                gaps.add(gap);
            }
            before = end;
        }
        Collections.sort(gaps);
        return gaps;
    }
}
