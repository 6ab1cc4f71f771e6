package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.HEARTBEAT;
import static io.failovertimeline.model.EventKind.LOOP_TIME_EXCEEDED;

import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.NearMiss;
import io.failovertimeline.model.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What could have become an incident: a lock that was renewed late, a Patroni that fell silent, a slow DCS. */
final class NearMisses {

    /** The heartbeat of a late round and the line that calls it late are written together. */
    private static final Duration ONE_ROUND = Duration.ofSeconds(1);

    private final String cluster;
    private final Chronicle chronicle;
    private final Optional<Duration> ttl;
    private final Optional<Duration> loopWait;

    NearMisses(String cluster, Chronicle chronicle, Optional<ClusterSettings> settings) {
        this.cluster = cluster;
        this.chronicle = chronicle;
        this.ttl = settings.flatMap(ClusterSettings::ttl).map(Setting::value);
        this.loopWait = settings.flatMap(ClusterSettings::loopWait).map(Setting::value);
    }

    /** Those whose lines no incident explains. */
    List<NearMiss> outside(Predicate<Instant> incidents) {
        Stream<NearMiss> said = chronicle.stream().flatMap(entry -> nearMiss(entry).stream());
        return Stream.concat(said, silences().stream())
                .filter(miss -> !incidents.test(miss.at()))
                .toList();
    }

    private Optional<NearMiss> nearMiss(Entry entry) {
        String member = entry.writer().orElse("");
        if (entry.proves(LOOP_TIME_EXCEEDED)) {
            return renewedLate(member, entry)
                    .or(() -> Optional.of(told(
                            entry,
                            LOOP_TIME_EXCEEDED.name(),
                            "A round of Patroni on " + member + " took longer than loop_wait.")));
        }
        if (entry.says("patroni.dcs-request-timeout")) {
            return Optional.of(
                    told(entry, "DCS_SLOW", "A call of Patroni on " + member + " to the DCS got no answer in time."));
        }
        if (Signs.ofLostDcs(entry) && !entry.proves(EventKind.FAILSAFE)) {
            return Optional.of(told(entry, "DCS_LOST", "Patroni on " + member + " could not reach the DCS."));
        }
        return Optional.of(entry)
                .filter(failsafe -> failsafe.proves(EventKind.FAILSAFE))
                .map(failsafe -> told(
                        failsafe,
                        EventKind.FAILSAFE.name(),
                        "Patroni on " + member + " turned to its peers because the DCS could not be reached."));
    }

    /** The leader's key lived on what was left of its ttl; the round that was late renewed it. */
    private Optional<NearMiss> renewedLate(String member, Entry late) {
        Predicate<Entry> renews = entry -> entry.by(member) && entry.proves(HEARTBEAT) && entry.leading();
        Optional<Entry> round = chronicle.last(late.at(), renews);
        Optional<Entry> inTime = round.filter(
                        entry -> entry.at().isBefore(late.at().minus(ONE_ROUND)))
                .or(() -> round.flatMap(entry -> chronicle.last(entry.at().minusNanos(1), renews)))
                .filter(renewal ->
                        !chronicle.patroniSpoke(member, renewal.at(), late.at().minus(ONE_ROUND)));
        return inTime.flatMap(renewal -> nearlyExpired(member, Duration.between(renewal.at(), late.at()), late));
    }

    /** Patroni wrote nothing for longer than a round may take. */
    private List<NearMiss> silences() {
        Map<String, Entry> last = new TreeMap<>();
        List<NearMiss> found = new ArrayList<>();
        chronicle.stream()
                .filter(entry -> entry.from(Component.PATRONI) && entry.writer().isPresent())
                .forEach(entry -> {
                    Entry before = last.put(entry.writer().orElseThrow(), entry);
                    if (before != null) {
                        silence(before, entry).ifPresent(found::add);
                    }
                });
        return found;
    }

    private Optional<NearMiss> silence(Entry before, Entry next) {
        Duration pause = Duration.between(before.at(), next.at());
        boolean isTold = chronicle
                .between(next.at().minusMillis(1), next.at().plus(ONE_ROUND))
                .anyMatch(entry -> entry.writer().equals(next.writer())
                        && (entry.proves(LOOP_TIME_EXCEEDED)
                                || Signs.ofNewStart(entry)
                                || entry.says("patroni.configuration-read")));
        boolean isPause = pause.compareTo(Runs.LONGEST_PAUSE) > 0
                && loopWait.filter(wait -> pause.compareTo(wait.multipliedBy(2)) <= 0)
                        .isEmpty();
        String member = next.writer().orElseThrow();
        if (isTold || !isPause || !before.proves(HEARTBEAT) || chronicle.patroniSpoke(member, before.at(), next.at())) {
            return Optional.empty();
        }
        return Optional.of(before)
                .filter(Entry::leading)
                .flatMap(leader -> nearlyExpired(member, pause, next))
                .or(() -> Optional.of(told(
                        next,
                        "HEARTBEAT_GAP",
                        String.format(
                                Locale.ROOT,
                                "Patroni on %s wrote nothing for %.1f s%s.",
                                member,
                                seconds(pause),
                                ttl.filter(life -> before.leading() && pause.compareTo(life) >= 0)
                                        .map(life -> ", longer than its key lives; nobody is seen to have taken it")
                                        .orElse("")))));
    }

    private Optional<NearMiss> nearlyExpired(String member, Duration pause, Entry late) {
        return ttl.filter(life -> pause.compareTo(life) < 0
                        && pause.multipliedBy(2).compareTo(life) > 0
                        && pause.compareTo(Runs.LONGEST_PAUSE) > 0)
                .map(life -> told(
                        late,
                        "LOCK_NEARLY_EXPIRED",
                        String.format(
                                Locale.ROOT,
                                "%s renewed its lock after %.1f s: of a ttl of %d s, about %.1f s were left.",
                                member,
                                seconds(pause),
                                life.toSeconds(),
                                seconds(life.minus(pause)))));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private NearMiss told(Entry entry, String what, String explanation) {
        return new NearMiss(
                cluster,
                entry.writer().orElse(""),
                entry.at(),
                what,
                explanation,
                entry.event().origin());
    }
}
