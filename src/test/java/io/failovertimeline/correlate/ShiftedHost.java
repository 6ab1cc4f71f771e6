package io.failovertimeline.correlate;

import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.Evidence;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Evidence as it would read had one host's clock been off. */
public final class ShiftedHost {

    private static final DateTimeFormatter LOG_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSx", Locale.ROOT);

    private ShiftedHost() {}

    /**
     * {@code evidence} with all that {@code host} stamped later by {@code offset}: its lines, and the commits that it made while it led,
     * of which another host tells.
     */
    public static List<Evidence> by(Duration offset, String host, Collection<Evidence> evidence) {
        return evidence.stream()
                .map(piece -> piece.match(
                        event -> (Evidence) shifted(event, offset, host, evidence),
                        mark -> mark,
                        settings -> settings,
                        bucket -> bucket))
                .toList();
    }

    private static ClusterEvent shifted(
            ClusterEvent event, Duration offset, String host, Collection<Evidence> evidence) {
        boolean own = event.host().equals(Optional.of(host));
        boolean commitOfHost = !own && event.rule().equals("postgresql.last-transaction");
        ClusterEvent moved = own ? event.stampedAt(event.at().plus(offset)) : event;
        return commitOfHost ? withCommit(moved, offset) : moved;
    }

    private static ClusterEvent withCommit(ClusterEvent event, Duration offset) {
        SortedMap<String, String> fields = new TreeMap<>(event.fields());
        fields.computeIfPresent("lastTransaction", (name, written) -> {
            String padded =
                    written.replaceAll("(\\.\\d{1,6})([+-])", "$1000000$2").replaceAll("(\\.\\d{6})\\d*", "$1");
            return LOG_TIME.format(OffsetDateTime.parse(padded, LOG_TIME).plus(offset));
        });
        return new ClusterEvent(
                event.cluster(),
                event.at(),
                event.precision(),
                event.kinds(),
                event.host(),
                event.rule(),
                fields,
                event.text(),
                event.origin());
    }
}
