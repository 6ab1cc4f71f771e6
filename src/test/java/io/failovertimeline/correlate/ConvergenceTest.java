package io.failovertimeline.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConvergenceTest {

    private static final EventKind[] KINDS = EventKind.values();

    private static List<Evidence> randomEvidence(Random random) {
        List<Evidence> evidence = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String host = "db" + (1 + random.nextInt(3));
            EventKind kind = KINDS[random.nextInt(KINDS.length)];
            TreeMap<String, String> fields = new TreeMap<>();
            if (random.nextBoolean()) {
                fields.put("member", kind == EventKind.HEARTBEAT ? host : "db" + (1 + random.nextInt(3)));
            }
            if (random.nextBoolean()) {
                fields.put("role", random.nextBoolean() ? "leader" : "replica");
            }
            if (random.nextInt(4) == 0) {
                fields.put("timeline", String.valueOf(1 + random.nextInt(3)));
            }
            boolean coarse = random.nextInt(3) == 0;
            Instant at = Instant.parse("2026-11-22T10:00:00Z")
                    .plusMillis(coarse ? random.nextInt(120) * 1000L : random.nextInt(120_000));
            evidence.add(new ClusterEvent(
                    "c",
                    at,
                    coarse ? Precision.SECONDS : Precision.MILLIS,
                    List.of(kind),
                    Optional.of(host),
                    (random.nextBoolean() ? "patroni." : "postgresql.") + kind,
                    fields,
                    "text " + kind,
                    Origin.line(host, random.nextInt(5))));
        }
        return evidence;
    }

    private static Findings findings(List<Evidence> evidence) {
        return Correlator.findings(evidence);
    }

    @Test
    void any_order_and_any_repetition_tell_the_same() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            List<Evidence> evidence = randomEvidence(random);
            Findings expected = findings(evidence);

            List<Evidence> shuffled = new ArrayList<>(evidence);
            shuffled.addAll(evidence.subList(0, random.nextInt(evidence.size())));
            Collections.shuffle(shuffled, random);

            assertThat(findings(shuffled)).as("seed " + seed).isEqualTo(expected);
        }
    }

    @Test
    void gathering_keeps_the_ends_of_every_unbroken_run_whatever_the_order() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            List<Evidence> evidence = randomEvidence(random);
            List<Evidence> shuffled = new ArrayList<>(evidence);
            Collections.shuffle(shuffled, random);

            EvidenceSet one = new EvidenceSet();
            evidence.forEach(one::add);
            EvidenceSet other = new EvidenceSet();
            shuffled.forEach(other::add);

            assertThat(new HashSet<>(other.all())).as("seed " + seed).isEqualTo(new HashSet<>(one.all()));
        }
    }

    @Test
    void a_day_of_heartbeats_is_kept_as_its_two_ends() {
        EvidenceSet gathered = new EvidenceSet();
        Scene scene = new Scene();
        for (int hour = 0; hour < 24; hour++) {
            for (int minute = 0; minute < 60; minute++) {
                for (int second = 0; second < 60; second += 10) {
                    scene.leads(
                            String.format(java.util.Locale.ROOT, "%02d:%02d:%02d.000", hour, minute, second), "db1");
                }
            }
        }
        scene.evidence().forEach(gathered::add);

        assertThat(gathered.all()).hasSize(2);
    }
}
