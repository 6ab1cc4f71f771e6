package io.failovertimeline.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tells which of a cluster's alerts are news to those who were told before. */
public final class AlertFeed {

    private static final int FINGERPRINT_BYTES = 8;

    private final Collection<AlertRecord> before;
    private final Instant now;
    private final Map<String, String> groupOf = new HashMap<>();

    /** The groups that have a story already. */
    private final Set<String> taken = new HashSet<>();

    private AlertFeed(Collection<AlertRecord> before, Instant now) {
        this.before = before;
        this.now = now;
    }

    /**
     * What has changed.
     *
     * @param before every alert of the cluster as it was last told
     * @param alerts as they stand now
     * @param now the latest that is known of the cluster
     * @return one record for each alert that is new, amended, over or withdrawn, in order of their start
     */
    public static List<AlertRecord> changes(Collection<AlertRecord> before, List<Alert> alerts, Instant now) {
        return new AlertFeed(before, now).changes(alerts);
    }

    private List<AlertRecord> changes(List<Alert> alerts) {
        Set<String> told = alerts.stream().map(alert -> alert.episode().id()).collect(Collectors.toSet());
        before.stream()
                .filter(record -> told.contains(episodeOf(record)))
                .map(AlertRecord::group)
                .forEach(taken::add);
        alerts.stream()
                .sorted(Comparator.comparing((Alert alert) -> alert.episode().from())
                        .thenComparing(alert -> alert.episode().id()))
                .forEach(alert -> groupOf.computeIfAbsent(alert.episode().id(), id -> group(alert, told)));
        SortedMap<String, AlertRecord> after = new TreeMap<>();
        for (Alert alert : alerts) {
            AlertRecord record = record(alert);
            after.merge(record.fingerprint(), record, AlertFeed::lasting);
        }
        Map<String, AlertRecord> known = new HashMap<>();
        before.forEach(record -> known.put(record.fingerprint(), record));
        List<AlertRecord> changes = new ArrayList<>();
        for (AlertRecord record : after.values()) {
            AlertRecord inhibited = record.inhibited(speaker(record, after.values()));
            change(Optional.ofNullable(known.get(record.fingerprint())), inhibited)
                    .ifPresent(changes::add);
        }
        for (AlertRecord record : before) {
            if (record.status() != AlertRecord.Status.WITHDRAWN && !after.containsKey(record.fingerprint())) {
                gone(record).ifPresent(changes::add);
            }
        }
        changes.sort(Comparator.comparing(AlertRecord::startsAt).thenComparing(AlertRecord::fingerprint));
        return changes;
    }

    /**
     * A story that is told otherwise than before stays in its group: whoever was told of it is not told of another. Where one becomes
     * two, the first stays in it: the alerts of both would be the same ones.
     */
    private String group(Alert alert, Set<String> told) {
        Episode episode = alert.episode();
        if (alert.kind().standsAlone()) {
            return episode.id();
        }
        String group = before.stream()
                .filter(record -> episodeOf(record).equals(episode.id()))
                .findFirst()
                .or(() -> before.stream()
                        .filter(record -> !told.contains(episodeOf(record))
                                && !kind(record).standsAlone()
                                && !taken.contains(record.group()))
                        .filter(record -> episode.overlaps(record.since(), lastOf(record)))
                        .min(Comparator.comparing(AlertRecord::since).thenComparing(AlertRecord::fingerprint)))
                .map(AlertRecord::group)
                .orElse(episode.id());
        taken.add(group);
        return group;
    }

    /** Up to when a story is known to have gone on: what still fires does until now. */
    private Instant lastOf(AlertRecord record) {
        return record.isFiring() && now.isAfter(record.lastAt()) ? now : record.lastAt();
    }

    /** Whoever is heard again was silent all the same; whatever else is no longer told never was. */
    private Optional<AlertRecord> gone(AlertRecord record) {
        if (kind(record) != AlertKind.SOURCE_SILENT) {
            return Optional.of(record.withdrawn(now));
        }
        return record.isFiring() ? Optional.of(record.resolved(now)) : Optional.empty();
    }

    private static String episodeOf(AlertRecord record) {
        return record.incident().orElse(record.group());
    }

    private static AlertKind kind(AlertRecord record) {
        return AlertKind.of(record.name())
                .orElseThrow(() -> new IllegalStateException("no alert is named " + record.name()));
    }

    /** Of two that become one, the one that is so still, or was so for longer. */
    private static AlertRecord lasting(AlertRecord one, AlertRecord other) {
        Instant oneEnd = one.endsAt().orElse(Instant.MAX);
        Instant otherEnd = other.endsAt().orElse(Instant.MAX);
        return otherEnd.isAfter(oneEnd) ? other : one;
    }

    private static Optional<String> speaker(AlertRecord record, Collection<AlertRecord> all) {
        return all.stream()
                .filter(other -> other.isFiring() && other.group().equals(record.group()))
                .filter(other -> !other.fingerprint().equals(record.fingerprint()))
                .filter(other -> !record.isFiring() || kind(other).compareTo(kind(record)) < 0)
                .min(Comparator.comparing(AlertFeed::kind).thenComparing(AlertRecord::fingerprint))
                .map(AlertRecord::name);
    }

    private static Optional<AlertRecord> change(Optional<AlertRecord> known, AlertRecord now) {
        if (known.isEmpty()) {
            return Optional.of(now);
        }
        AlertRecord last = known.get();
        if (now.saysWhat(last)) {
            return Optional.empty();
        }
        return Optional.of(
                now.as(last.status() == now.status() ? AlertRecord.Change.AMENDED : now.change(), last.revision() + 1));
    }

    private AlertRecord record(Alert alert) {
        Episode episode = alert.episode();
        String group = groupOf.getOrDefault(episode.id(), episode.id());
        boolean over = alert.endsAt().isPresent();
        return new AlertRecord(
                fingerprint(alert.cluster(), alert.kind().label(), group, alert.part()),
                alert.kind().label(),
                over ? AlertRecord.Status.RESOLVED : AlertRecord.Status.FIRING,
                over ? AlertRecord.Change.RESOLVED : AlertRecord.Change.FIRED,
                1,
                alert.severity().label(),
                alert.cluster(),
                group,
                Optional.of(episode.id()).filter(id -> episode.incident()),
                alert.members(),
                alert.startsAt(),
                alert.endsAt(),
                alert.summary(),
                alert.cause(),
                alert.phase(),
                alert.impact(),
                alert.proofs(),
                alert.link(),
                Optional.empty(),
                episode.from(),
                episode.to(),
                episode.lastAt());
    }

    private static String fingerprint(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
