package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.correlate.Correlator;
import io.failovertimeline.correlate.ShiftedHost;
import io.failovertimeline.model.ClockOffset;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.Incident;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labs whose hosts shared one clock, told as if one of these clocks had been off. */
class ClocksOfLabsTest {

    private static final List<Duration> OFFSETS = List.of(
            Duration.ofSeconds(-90),
            Duration.ofMillis(-3_000),
            Duration.ofMillis(-400),
            Duration.ofMillis(400),
            Duration.ofMillis(3_000),
            Duration.ofSeconds(90));

    private static final Pattern TIME = Pattern.compile("(?<=2026-11-22 )\\d\\d:\\d\\d:\\d\\d");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "labs/leader-killed",
                "labs/planned-switchover",
                "labs/power-cut",
                "labs/write-up",
                "src/test/resources/lab/etcd-quorum-lost/input",
                "src/test/resources/lab/no-fault/input",
                "src/test/resources/lab/patroni-frozen/input",
                "src/test/resources/lab/patroni-restart/input",
                "src/test/resources/lab/patroni-stalled/input",
                "src/test/resources/lab/postgres-restart/input",
                "src/test/resources/lab/replica-lost/input",
                "src/test/resources/lab/two-failovers/input"
            })
    void a_host_whose_clock_is_off_changes_no_story_and_its_true_offset_is_within_the_bounds(String lab)
            throws IOException {
        assertSameStories(Lab.evidence(Path.of(lab)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"labs/planned-switchover", "src/test/resources/lab/two-failovers/input", "labs/leader-killed"})
    void an_offset_of_ninety_seconds_is_found_and_known_to_whom_it_belongs(String lab) throws IOException {
        Collection<Evidence> evidence = Lab.evidence(Path.of(lab));

        for (String host : hosts(evidence)) {
            Findings findings = Correlator.findings(ShiftedHost.by(Duration.ofSeconds(90), host, evidence));

            assertThat(findings.clocks()).extracting(ClockOffset::host).containsExactly(host);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-90, -3, 3, 90})
    void logs_written_by_a_clock_that_is_off_tell_what_they_would_have_told(int seconds, @TempDir Path folder)
            throws IOException {
        Path lab = Lab.BUNDLED.resolve("planned-switchover");
        for (String part : List.of("patroni", "postgresql")) {
            Lab.copy(lab.resolve(part), folder.resolve("right").resolve(part));
            Lab.copy(lab.resolve(part), folder.resolve("off").resolve(part));
        }
        rewrite(folder.resolve("off/patroni/db1.patroni.log"), line -> true, seconds);
        rewrite(folder.resolve("off/postgresql/db1.postgresql-15-main.log"), line -> true, seconds);
        rewrite(
                folder.resolve("off/postgresql/db2.postgresql-15-main.log"),
                line -> line.contains("last completed transaction"),
                seconds);

        Findings right = Lab.replay(folder.resolve("right")).findings();
        Findings off = Lab.replay(folder.resolve("off")).findings();

        assertThat(stories(off)).isEqualTo(stories(right)).hasSize(1);
        assertThat(right.clocks()).isEmpty();
        assertThat(off.clocks()).singleElement().satisfies(clock -> {
            assertThat(clock.host()).isEqualTo("db1");
            assertHolds(clock, Duration.ofSeconds(seconds));
        });
        assertThat(off.incidents().get(0).promotedAt())
                .isEqualTo(right.incidents().get(0).promotedAt());
    }

    private interface Choice {
        boolean of(String line);
    }

    private static void rewrite(Path file, Choice choice, int seconds) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(
                    choice.of(line)
                            ? TIME.matcher(line).replaceAll(time -> LocalTime.parse(time.group())
                                    .plusSeconds(seconds)
                                    .format(java.time.format.DateTimeFormatter.ISO_LOCAL_TIME))
                            : line);
        }
        Files.write(file, lines);
    }

    private static void assertSameStories(Collection<Evidence> evidence) {
        Findings right = Correlator.findings(evidence);
        assertThat(right.clocks()).isEmpty();
        for (String host : hosts(evidence)) {
            for (Duration offset : OFFSETS) {
                Findings off = Correlator.findings(ShiftedHost.by(offset, host, evidence));

                assertThat(stories(off)).as(host + " by " + offset).isEqualTo(stories(right));
                for (ClockOffset clock : off.clocks()) {
                    assertHolds(clock, clock.host().equals(host) ? offset : offset.negated());
                }
            }
        }
    }

    private static void assertHolds(ClockOffset clock, Duration offset) {
        assertThat(offset).as(clock.toString()).isBetween(clock.atLeast(), clock.atMost());
    }

    private static List<String> stories(Findings findings) {
        return findings.incidents().stream().map(ClocksOfLabsTest::story).toList();
    }

    private static String story(Incident incident) {
        return incident.kind() + " " + incident.cause().code() + " " + incident.oldLeader() + incident.newLeader()
                + incident.timelineBefore() + incident.timelineAfter();
    }

    private static Set<String> hosts(Collection<Evidence> evidence) {
        Set<String> hosts = new TreeSet<>();
        evidence.forEach(piece -> piece.match(
                event -> event.host().map(hosts::add),
                mark -> Optional.empty(),
                settings -> Optional.empty(),
                bucket -> Optional.empty()));
        return hosts;
    }
}
