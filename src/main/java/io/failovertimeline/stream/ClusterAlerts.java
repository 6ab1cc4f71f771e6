package io.failovertimeline.stream;

import io.failovertimeline.alert.Alert;
import io.failovertimeline.alert.AlertFeed;
import io.failovertimeline.alert.AlertKind;
import io.failovertimeline.alert.AlertRecord;
import io.failovertimeline.alert.AlertRules;
import io.failovertimeline.alert.Alerts;
import io.failovertimeline.alert.Witnesses;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.Findings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What those who watch one cluster were told, and what they are to be told next. */
final class ClusterAlerts {

    /** Lines that come so soon after they were written come from a running cluster and not from an archive. */
    private static final Duration LIVE = Duration.ofMinutes(10);

    /** By fingerprint. */
    final Map<String, AlertRecord> told = new TreeMap<>();

    private Optional<Known> known = Optional.empty();
    private Optional<ClusterState> stateTold = Optional.empty();

    private record Known(Witnesses witnesses, Findings findings, Instant latest, Instant came, Instant firstSilent) {

        /** Event time, if it has gone on as the wall clock did. */
        Instant now(Instant wallClock, boolean isLive) {
            return isLive && wallClock.isAfter(latest)
                    ? wallClock
                    : latest.plus(wallClock.isAfter(came) ? Duration.between(came, wallClock) : Duration.ZERO);
        }

        /** Up to when silence tells something: an archive ends and nothing is wrong. */
        Instant listening(Instant wallClock, boolean isLive) {
            return isLive ? now(wallClock, true) : latest;
        }

        /** Whether nothing can be wrong but that a host falls silent, and none has. */
        boolean isWell(Instant wallClock, boolean isLive) {
            return findings.isEmpty() && !seemsSilent(wallClock, isLive);
        }

        boolean seemsSilent(Instant wallClock, boolean isLive) {
            return firstSilent.isBefore(listening(wallClock, isLive));
        }

        boolean cameSoon() {
            return Duration.between(latest, came).abs().compareTo(LIVE) <= 0;
        }
    }

    /**
     * Takes what is known now.
     *
     * @param silentAfter how long a host may write nothing
     */
    void learn(Collection<Evidence> evidence, Findings findings, Instant wallClock, Duration silentAfter) {
        Witnesses witnesses = Witnesses.of(evidence);
        Instant firstSilent = witnesses.hosts().stream()
                .map(heard -> heard.last().at().plus(silentAfter))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        known = Alerts.latest(evidence).map(latest -> new Known(witnesses, findings, latest, wallClock, firstSilent));
    }

    /** Who tells of the cluster, if that is news, which is remembered as told. */
    Optional<ClusterState> newState(String cluster, AlertRules rules, Instant wallClock) {
        Optional<ClusterState> news = known.map(its -> ClusterState.of(
                        cluster,
                        its.witnesses.hosts(),
                        its.latest,
                        its.listening(wallClock, isLive(its)),
                        rules.of(cluster).silentAfter()))
                .filter(state ->
                        stateTold.filter(told -> !state.isNewsAfter(told)).isEmpty());
        stateTold = news.or(() -> stateTold);
        return news;
    }

    /**
     * What has changed since {@link #tell}.
     *
     * @param isSealed whether what begins at an instant can no longer be told in full, and stays as it was told
     */
    List<AlertRecord> changes(String cluster, AlertRules rules, Instant wallClock, Predicate<Instant> isSealed) {
        return known.filter(its -> !told.isEmpty() || !its.isWell(wallClock, its.cameSoon()))
                .map(its -> {
                    boolean isLive = isLive(its);
                    Instant now = its.now(wallClock, isLive);
                    Instant listening = its.listening(wallClock, isLive);
                    List<Alert> alerts =
                            Alerts.of(cluster, its.witnesses(), its.findings(), now, listening, rules).stream()
                                    .filter(alert ->
                                            !isSealed.test(alert.episode().from()))
                                    .filter(alert -> !rules.of(cluster).silence(alert, now))
                                    .toList();
                    List<AlertRecord> before = told.values().stream()
                            .filter(record -> !isSealed.test(record.since()))
                            .toList();
                    return AlertFeed.changes(before, alerts, now);
                })
                .orElse(List.of());
    }

    /** Remembers that {@code change} is told. */
    void tell(AlertRecord change) {
        told.put(change.fingerprint(), change);
    }

    /** Whether a host may be silent, by what was learned last. */
    boolean seemsSilent(Instant wallClock) {
        return known.filter(its -> its.seemsSilent(wallClock, isLive(its))).isPresent();
    }

    /**
     * Whether its lines come from a running cluster, or came from one until nobody wrote any more: such a silence was told by the clock
     * alone, and goes on over a new start, however old the last line is by then.
     */
    private boolean isLive(Known its) {
        return its.cameSoon()
                || told.values().stream()
                        .filter(record -> record.isFiring() && record.name().equals(AlertKind.SOURCE_SILENT.label()))
                        .anyMatch(record -> record.startsAt().isAfter(its.latest()));
    }
}
