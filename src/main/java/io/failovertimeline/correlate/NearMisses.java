package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.HEARTBEAT;
import static io.failovertimeline.model.EventKind.LOOP_TIME_EXCEEDED;

import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.NearMiss;
import io.failovertimeline.model.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** What could have become an incident: a lock that was renewed late, a slow DCS. */
final class NearMisses {

    private final String cluster;
    private final Chronicle chronicle;
    private final Optional<Duration> ttl;

    NearMisses(String cluster, Chronicle chronicle, Optional<ClusterSettings> settings) {
        this.cluster = cluster;
        this.chronicle = chronicle;
        this.ttl = settings.flatMap(ClusterSettings::ttl).map(Setting::value);
    }

    /** Those whose lines no incident explains. */
    List<NearMiss> outside(Predicate<Instant> incidents) {
        return chronicle.stream()
                .filter(entry -> !incidents.test(entry.at()))
                .flatMap(entry -> nearMiss(entry).stream())
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
        return Optional.of(entry)
                .filter(failsafe -> failsafe.proves(EventKind.FAILSAFE))
                .map(failsafe -> told(
                        failsafe,
                        EventKind.FAILSAFE.name(),
                        "Patroni on " + member + " turned to its peers because the DCS could not be reached."));
    }

    /** The leader's key lived on what was left of its ttl; the round that was late renewed it. */
    private Optional<NearMiss> renewedLate(String member, Entry late) {
        return ttl.flatMap(life -> chronicle
                .last(late.at(), entry -> entry.by(member) && entry.proves(HEARTBEAT) && entry.leading())
                .map(renewal -> Duration.between(renewal.at(), late.at()))
                .filter(pause -> pause.compareTo(Runs.LONGEST_PAUSE) > 0 && pause.compareTo(life) < 0)
                .map(pause -> told(
                        late,
                        "LOCK_NEARLY_EXPIRED",
                        String.format(
                                Locale.ROOT,
                                "%s renewed its lock after %.1f s: of a ttl of %d s, about %.1f s were left.",
                                member,
                                pause.toMillis() / 1000.0,
                                life.toSeconds(),
                                life.minus(pause).toMillis() / 1000.0))));
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
