package io.failovertimeline.deliver;

import io.failovertimeline.alert.AlertRecord;
import io.failovertimeline.alert.Proof;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Alerts and receivers of which what matters is what becomes of them. */
final class AlertRecords {

    static final Instant START = Instant.parse("2026-01-07T11:12:00Z");

    private AlertRecords() {}

    /** The first of {@code group}. */
    static AlertRecord fired(String group) {
        return alert(group, group, group, 1, AlertRecord.Status.FIRING, AlertRecord.Change.FIRED);
    }

    static AlertRecord amended(AlertRecord fired) {
        return alert(
                fired.group(),
                fired.group(),
                fired.group() + ", in other words",
                2,
                AlertRecord.Status.FIRING,
                AlertRecord.Change.AMENDED);
    }

    static AlertRecord resolved(AlertRecord fired) {
        return alert(
                fired.group(),
                fired.group(),
                fired.summary(),
                3,
                AlertRecord.Status.RESOLVED,
                AlertRecord.Change.RESOLVED);
    }

    /** Those with one {@code key} are one alert. */
    static AlertRecord alert(
            String key,
            String group,
            String summary,
            long revision,
            AlertRecord.Status status,
            AlertRecord.Change change) {
        return new AlertRecord(
                String.format(Locale.ROOT, "%016x", key.hashCode()),
                "LeaderLost",
                status,
                change,
                revision,
                "critical",
                "batman",
                group,
                Optional.of(group),
                List.of("db1"),
                START,
                status == AlertRecord.Status.FIRING ? Optional.empty() : Optional.of(START.plusSeconds(9)),
                summary,
                "HOST_DOWN: db1 fell silent.",
                Optional.of("ELECTION"),
                Optional.empty(),
                List.of(new Proof(START, Optional.of("db2"), summary, "patroni-logs-0@17")),
                Optional.empty(),
                Optional.empty(),
                START,
                Optional.empty(),
                START.plusSeconds(9));
    }

    /** With defaults, but for Alertmanager told again each second. */
    static Receiver receiver(String name, Receiver.Type type, URI url) {
        return new Receiver(
                name,
                type,
                url,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                type.usually(),
                Set.of(),
                Duration.ofSeconds(1));
    }
}
