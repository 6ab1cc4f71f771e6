package io.failovertimeline.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.alert.AlertRecord;
import io.failovertimeline.alert.AlertRules;
import io.failovertimeline.alert.AlertSeverity;
import io.failovertimeline.alert.ClusterRules;
import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.load.GivenLoads;
import io.failovertimeline.deliver.AlertDelivery;
import io.failovertimeline.deliver.AlertTopic;
import io.failovertimeline.deliver.Alertmanager;
import io.failovertimeline.deliver.Await;
import io.failovertimeline.deliver.DeliveryMetrics;
import io.failovertimeline.deliver.Receiver;
import io.failovertimeline.replay.AlertReplay;
import io.failovertimeline.replay.Lab;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All labs at once, each a cluster, from their files through the stream into a real Alertmanager. */
@Timeout(600)
class AlertsOfLabsTest {

    /** Event time that is sent at once; what is over sooner is told when it is over. */
    private static final Duration STEP = Duration.ofSeconds(2);

    /** Labs with one failover each, after which clients are served again. */
    private static final List<String> FAILOVERS = List.of("leader-killed", "patroni-stalled", "power-cut");

    @TempDir
    Path folder;

    @Test
    void alerts_of_every_lab_fire_group_and_resolve_and_a_quiet_one_fires_none() throws Exception {
        SortedMap<String, Path> labs = labs();
        SortedMap<String, Set<String>> expected = new TreeMap<>();
        SortedMap<String, Instant> paged = new TreeMap<>();
        for (Map.Entry<String, Path> lab : labs.entrySet()) {
            List<AlertReplay.Told> told = offline(lab.getValue());
            expected.put(lab.getKey(), names(told));
            told.stream()
                    .filter(AlertsOfLabsTest::pages)
                    .findFirst()
                    .ifPresent(page -> paged.put(lab.getKey(), page.at()));
        }
        paged.keySet().retainAll(FAILOVERS);

        try (Alertmanager alertmanager = new Alertmanager(folder.resolve("alertmanager"));
                RunningStream stream = new RunningStream(folder.resolve("stream"), rules(), Map.of());
                AlertDelivery delivery = delivery(stream, alertmanager)) {
            AlertTopic topic = new AlertTopic(stream.client().getProperty("bootstrap.servers"));
            Await.until(() -> delivery.isRunning() && topic.hasGroup("am"));
            for (Step step : steps(labs)) {
                stream.send(step.records());
                Await.until(stream::isComplete);
                // Sent faster than it was written, a failover may be over before anybody was told of it.
                paged.entrySet().stream()
                        .filter(page -> step.reaches(page.getKey(), page.getValue()))
                        .forEach(page -> Await.until(() -> isFiring(alertmanager, page.getKey())));
            }
            List<AlertRecord> told = topic.read(records -> {
                Collection<AlertRecord> last = AlertTopic.last(records).values();
                return byCluster(last, labs.keySet()).equals(expected)
                        && last.stream().noneMatch(AlertsOfLabsTest::mustBeOver)
                        && alertmanager.active("fingerprint").equals(firing(last))
                        && FAILOVERS.stream().allMatch(lab -> isResolved(alertmanager, lab));
            });

            assertThat(told).noneMatch(record -> record.cluster().equals("no-fault"));
            assertThat(alertmanager.notifications()).noneMatch(sent -> sent.isOf("no-fault"));
            for (String lab : FAILOVERS) {
                List<Alertmanager.Notification> pages = alertmanager.notifications().stream()
                        .filter(sent -> sent.to().equals("pager") && sent.isOf(lab))
                        .toList();
                assertThat(pages.stream()
                                .map(Alertmanager.Notification::incident)
                                .distinct())
                        .as(lab)
                        .hasSize(1);
                assertThat(pages.get(0).status()).as(lab).isEqualTo("firing");
                assertThat(pages.get(pages.size() - 1).status()).as(lab).isEqualTo("resolved");
            }
        }
    }

    private static boolean pages(AlertReplay.Told told) {
        return told.record().isFiring()
                && told.record().severity().equals("critical")
                && told.record().inhibitedBy().isEmpty();
    }

    /** Their fingerprints, sorted. */
    private static List<String> firing(Collection<AlertRecord> last) {
        return last.stream()
                .filter(AlertRecord::isFiring)
                .map(AlertRecord::fingerprint)
                .sorted()
                .toList();
    }

    private static boolean isFiring(Alertmanager alertmanager, String lab) {
        return alertmanager.notifications().stream().anyMatch(sent -> sent.to().equals("pager") && sent.isOf(lab));
    }

    private static boolean isResolved(Alertmanager alertmanager, String lab) {
        return alertmanager.notifications().stream()
                .filter(sent -> sent.to().equals("pager") && sent.isOf(lab))
                .reduce((first, second) -> second)
                .filter(last -> last.status().equals("resolved"))
                .isPresent();
    }

    /** What has happened is shown for a while only, and waits for no further line. */
    private static boolean mustBeOver(AlertRecord record) {
        return record.isFiring()
                && Set.of("FailoverCompleted", "SwitchoverCompleted").contains(record.name());
    }

    private static AlertRules rules() {
        ClusterRules usual = ClusterRules.USUAL;
        return new AlertRules(
                new ClusterRules(
                        usual.outageBudget(),
                        usual.candidateWait(),
                        usual.redundancyAfter(),
                        usual.silentAfter(),
                        Duration.ofSeconds(5),
                        usual.lossBytes(),
                        usual.severities(),
                        usual.silences()),
                Map.of(),
                Optional.empty());
    }

    private static SortedMap<String, Path> labs() throws IOException {
        SortedMap<String, Path> labs = new TreeMap<>();
        for (Path lab : Lab.all()) {
            labs.put(
                    (lab.endsWith("input") ? lab.getParent() : lab)
                            .getFileName()
                            .toString(),
                    lab);
        }
        return labs;
    }

    private static List<AlertReplay.Told> offline(Path lab) throws IOException {
        return new AlertReplay(rules()).of(Lab.evidence(lab));
    }

    private static Set<String> names(List<AlertReplay.Told> told) {
        return names(AlertTopic.last(told.stream().map(AlertReplay.Told::record).toList())
                .values());
    }

    private static Set<String> names(Collection<AlertRecord> records) {
        return records.stream()
                .filter(record -> record.status() != AlertRecord.Status.WITHDRAWN)
                .map(record -> record.name() + " " + record.startsAt())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static SortedMap<String, Set<String>> byCluster(Collection<AlertRecord> records, Set<String> clusters) {
        SortedMap<String, Set<String>> names = new TreeMap<>();
        for (String cluster : clusters) {
            names.put(
                    cluster,
                    names(records.stream()
                            .filter(record -> record.cluster().equals(cluster))
                            .toList()));
        }
        return names;
    }

    /**
     * What is sent at once: of each lab as much as was written in {@link #STEP}.
     *
     * @param to how far that reaches, by lab
     */
    private record Step(List<IngestRecord> records, Map<String, Instant> to) {

        boolean reaches(String lab, Instant instant) {
            return to.containsKey(lab) && !instant.isAfter(to.get(lab));
        }
    }

    private static Collection<Step> steps(Map<String, Path> labs) throws IOException {
        SortedMap<Long, Step> steps = new TreeMap<>();
        for (Map.Entry<String, Path> lab : labs.entrySet()) {
            List<IngestRecord> records = new ArrayList<>();
            new FileFeed(InputStream.nullInputStream())
                    .open(
                            List.of(lab.getValue().toString()),
                            GivenZones.NONE,
                            GivenLoads.NONE,
                            Optional.of(lab.getKey()),
                            problem -> {})
                    .forEachRemaining(records::add);
            Instant begin = records.stream()
                    .flatMap(record -> record.at().stream())
                    .min(Instant::compareTo)
                    .orElseThrow();
            long step = 0;
            for (IngestRecord record : records) {
                step = record.at()
                        .map(at -> Duration.between(begin, at).dividedBy(STEP))
                        .orElse(step);
                Step at = steps.computeIfAbsent(step, first -> new Step(new ArrayList<>(), new TreeMap<>()));
                at.records().add(record);
                at.to().put(lab.getKey(), begin.plus(STEP.multipliedBy(step + 1)));
            }
        }
        return steps.values();
    }

    private static AlertDelivery delivery(RunningStream stream, Alertmanager alertmanager) {
        Receiver receiver = new Receiver(
                "am",
                Receiver.Type.ALERTMANAGER,
                alertmanager.url(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                AlertSeverity.INFO,
                Set.of(),
                Duration.ofMinutes(1));
        return new AlertDelivery(
                List.of(receiver),
                stream.client(),
                new DeliveryMetrics(new PrometheusRegistry()),
                InstantSource.system());
    }
}
