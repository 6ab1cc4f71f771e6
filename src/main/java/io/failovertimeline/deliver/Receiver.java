package io.failovertimeline.deliver;

import io.failovertimeline.alert.AlertRecord;
import io.failovertimeline.alert.AlertSeverity;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Somebody alerts are delivered to.
 *
 * @param name as the settings, logs and metrics call it; part of the consumer group
 * @param type how it is talked to
 * @param url where; of Alertmanager and Grafana the base, of the others the whole address
 * @param token sent as a bearer's; to PagerDuty it is the routing key; empty for none
 * @param secret what messages of a webhook are signed with; empty for none
 * @param template of a webhook's body, in Mustache; empty for the record as JSON
 * @param tags of Grafana's annotations, besides our own
 * @param dashboard uid of the dashboard the annotations belong to; empty for all
 * @param ca certificates in PEM that the server's must be signed by; empty for the machine's
 * @param atLeast what is less urgent is not delivered
 * @param clusters whose alerts; empty for all
 * @param resend how often Alertmanager is told that an alert still fires; default 1 min
 */
public record Receiver(
        String name,
        Type type,
        URI url,
        Optional<String> token,
        Optional<String> secret,
        Optional<String> template,
        List<String> tags,
        Optional<String> dashboard,
        Optional<String> ca,
        AlertSeverity atLeast,
        Set<String> clusters,
        Duration resend) {

    /** How a receiver is talked to. */
    public enum Type {
        ALERTMANAGER(AlertSeverity.INFO),
        WEBHOOK(AlertSeverity.INFO),
        SLACK(AlertSeverity.WARNING),
        PAGERDUTY(AlertSeverity.CRITICAL),
        GRAFANA(AlertSeverity.INFO);

        private final AlertSeverity usually;

        Type(AlertSeverity usually) {
            this.usually = usually;
        }

        /** The least urgent that is delivered unless the settings say otherwise. */
        public AlertSeverity usually() {
            return usually;
        }

        /** What {@code name}, in small letters, names; empty if nothing. */
        public static Optional<Type> of(String name) {
            return Stream.of(values())
                    .filter(type -> type.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst();
        }
    }

    public Receiver {
        tags = List.copyOf(tags);
        clusters = Set.copyOf(clusters);
    }

    /** An address below {@link #url}. */
    String below(String path) {
        return url.toString().replaceFirst("/+$", "") + path;
    }

    boolean wants(AlertRecord alert) {
        return clusters.isEmpty() || clusters.contains(alert.cluster());
    }

    boolean isUrgentEnough(AlertRecord alert) {
        return AlertSeverity.of(alert.severity())
                .filter(severity -> severity.isAtLeast(atLeast))
                .isPresent();
    }

    /** Secrets stay out of logs. */
    @Override
    public String toString() {
        return name + " (" + type.name().toLowerCase(Locale.ROOT) + ")";
    }
}
