package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.alert.AlertFeed;
import io.failovertimeline.alert.AlertRecord;
import io.failovertimeline.alert.AlertRules;
import io.failovertimeline.alert.Alerts;
import io.failovertimeline.alert.Witnesses;
import io.failovertimeline.correlate.Correlator;
import io.failovertimeline.model.Evidence;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A stream that falls behind learns of much at once; the alerts that stand in the end are those that it tells line by line. */
class AlertsByPaceTest {

    private static final Duration LINE_BY_LINE = Duration.ofSeconds(1);
    private static final Duration BACKLOG = Duration.ofSeconds(42);
    private static final Duration OFFSET = Duration.ofSeconds(7);

    @Test
    void what_stands_in_the_end_does_not_depend_on_how_much_came_at_once() throws IOException {
        for (Path lab : Lab.all()) {
            Collection<Evidence> evidence = Lab.evidence(lab);
            Set<String> expected = standing(evidence, LINE_BY_LINE, Duration.ZERO);
            for (Duration offset = Duration.ZERO; offset.compareTo(BACKLOG) < 0; offset = offset.plus(OFFSET)) {
                assertThat(standing(evidence, BACKLOG, offset))
                        .as("%s, by %s, offset by %s", lab, BACKLOG, offset)
                        .isEqualTo(expected);
            }
        }
    }

    /** What every alert was in the end, if {@code evidence} came by {@code pace}. */
    private static Set<String> standing(Collection<Evidence> evidence, Duration pace, Duration offset) {
        Set<String> standing = new TreeSet<>();
        evidence.stream().map(Evidence::cluster).distinct().forEach(cluster -> {
            List<Evidence> known = new ArrayList<>();
            SortedMap<Long, List<Evidence>> steps = new TreeMap<>();
            evidence.stream().filter(piece -> piece.cluster().equals(cluster)).forEach(piece -> Alerts.knownAt(piece)
                    .map(at -> at.plus(offset).toEpochMilli() / pace.toMillis())
                    .map(step -> steps.computeIfAbsent(step, first -> new ArrayList<>()))
                    .orElse(known)
                    .add(piece));
            Map<String, AlertRecord> last = new TreeMap<>();
            for (List<Evidence> step : steps.values()) {
                known.addAll(step);
                Instant now = Alerts.latest(step).orElseThrow();
                AlertFeed.changes(
                                last.values(),
                                Alerts.of(
                                        cluster,
                                        Witnesses.of(known),
                                        Correlator.findings(known),
                                        now,
                                        now,
                                        AlertRules.USUAL),
                                now)
                        .forEach(change -> last.put(change.fingerprint(), change));
            }
            last.values().stream()
                    .filter(record -> record.status() != AlertRecord.Status.WITHDRAWN)
                    .forEach(record -> standing.add(record.cluster() + " " + record.name() + " " + record.startsAt()));
        });
        return standing;
    }
}
