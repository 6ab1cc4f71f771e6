package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.ClockStep;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Labs whose hosts shared one clock, told as if one of these clocks had been put back or forward while it was running. */
class ClockStepsOfLabsTest {

    private static final Path WRITE_UP = Lab.BUNDLED.resolve("write-up/README.md");
    private static final Path KILLED = Lab.BUNDLED.resolve("leader-killed");

    private static final Pattern CLOCK = Pattern.compile("(?<=[ T])\\d\\d:\\d\\d:\\d\\d(?=[ ,.])");

    @TempDir
    private Path folder = Path.of("");

    static Stream<Arguments> stepsOfTheWriteUp() {
        return Stream.of(
                        "INFO:patroni.ha:Lock owner: db2",
                        "WARNING:patroni.ha:Request failed",
                        "INFO:patroni.watchdog.base:Software Watchdog",
                        "server signaled",
                        "server promoting",
                        "INFO: updated leader lock during promote",
                        "Dec 10 16:19:55")
                .flatMap(words -> Stream.of(-3, -40, -3600, 3).map(seconds -> Arguments.of(words, seconds)));
    }

    @ParameterizedTest
    @MethodSource("stepsOfTheWriteUp")
    void a_step_within_a_write_up_tells_the_one_failover_that_there_was(String words, int seconds) throws IOException {
        Findings findings = Lab.replay(steppedWriteUp(words, seconds)).findings();

        assertThat(stories(findings)).isEqualTo(stories(Lab.replay(WRITE_UP).findings()));
        assertThat(findings.incidents()).hasSize(1);
        assertThat(findings.clockSteps()).allSatisfy(step -> {
            assertThat(step.host()).isEqualTo("db1");
            assertThat(Duration.ofSeconds(-seconds)).isLessThanOrEqualTo(step.atMost());
            assertThat(step.by()).isLessThan(Duration.ofSeconds(1 - seconds));
        });
    }

    @Test
    void a_step_is_named_with_the_two_lines_that_prove_it() throws IOException {
        Path stepped = steppedWriteUp("server promoting", -3);

        Findings findings = Lab.replay(stepped).findings();

        assertThat(findings.clockSteps()).singleElement().satisfies(step -> {
            assertThat(step.lastBefore()).extracting(Origin::position).isEqualTo(53L);
            assertThat(step.firstAfter()).extracting(Origin::position).isEqualTo(57L);
            assertThat(step.before()).isEqualTo("2023-12-10T13:19:54.575Z");
            assertThat(step.after()).isEqualTo("2023-12-10T13:19:51.580Z");
        });
        assertThat(findings.clocks()).isEmpty();
    }

    private Path steppedWriteUp(String words, int seconds) throws IOException {
        List<String> lines = Files.readAllLines(WRITE_UP);
        List<String> stepped = new ArrayList<>();
        boolean isAfter = false;
        for (String line : lines) {
            boolean isJournal = line.startsWith("Dec 10 ");
            isAfter |= isJournal && line.contains(words);
            stepped.add(isJournal && isAfter ? shifted(line, CLOCK, seconds) : line);
        }
        return Files.write(folder.resolve("README.md"), stepped);
    }

    private static String shifted(String line, Pattern clock, int seconds) {
        return clock.matcher(line)
                .replaceAll(time ->
                        LocalTime.parse(time.group()).plusSeconds(seconds).format(DateTimeFormatter.ISO_LOCAL_TIME));
    }

    /** Every lab, host, moment and step; {@code -Dclock.grid=whole} tries those that tell little of interest, too. */
    static Stream<Arguments> stepsOfLabs() {
        boolean isWhole = "whole".equals(System.getProperty("clock.grid"));
        List<Integer> steps = isWhole ? List.of(-3600, -40, -3, 3, 40, 3600) : List.of(-3600, -40, 3600);
        return Stream.of(
                        List.of(
                                "leader-killed",
                                "18:13:45",
                                "18:14:00",
                                "18:14:16",
                                "18:14:17",
                                "18:14:30",
                                "18:15:00"),
                        List.of(
                                "planned-switchover",
                                "18:15:40",
                                "18:15:50",
                                "18:15:57",
                                "18:15:59",
                                "18:16:10",
                                "18:16:30"))
                .flatMap(lab -> Stream.of("db1", "db2")
                        .flatMap(host -> lab.stream().skip(1).flatMap(from -> steps.stream()
                                .map(seconds -> Arguments.of(lab.get(0), host, from, seconds)))));
    }

    @ParameterizedTest
    @MethodSource("stepsOfLabs")
    void a_step_of_one_hosts_clock_changes_neither_leaders_nor_cause(String lab, String host, String from, int seconds)
            throws IOException {
        Path right = Lab.BUNDLED.resolve(lab);
        SteppedHost.copy(right, name -> true, folder, host, LocalTime.parse(from), seconds);

        Findings findings = Lab.replay(folder).findings();

        assertThat(stories(findings)).isEqualTo(stories(Lab.replay(right).findings()));
    }

    @ParameterizedTest
    @MethodSource("stepsOfLabs")
    void a_step_makes_no_incident_where_there_is_no_log_but_patronis(String lab, String host, String from, int seconds)
            throws IOException {
        Path right = Lab.BUNDLED.resolve(lab);
        SteppedHost.copy(right, name -> name.startsWith("patroni/"), folder, host, LocalTime.parse(from), seconds);

        Findings findings = Lab.replay(folder).findings();

        assertThat(changes(findings)).isEqualTo(changes(Lab.replay(right).findings()));
    }

    @Test
    void a_clock_that_was_put_forward_is_named_with_the_lines_around_the_step() throws IOException {
        SteppedHost.copy(KILLED, name -> true, folder, "db2", LocalTime.parse("18:14:00"), 3600);

        Findings findings = Lab.replay(folder).findings();

        assertThat(findings.clockSteps()).singleElement().satisfies(step -> {
            assertThat(step.host()).isEqualTo("db2");
            assertThat(step.direction()).isEqualTo(ClockStep.Direction.FORWARD);
            assertThat(Duration.ofHours(1)).isBetween(step.by(), step.atMost());
            assertThat(step.before()).isBefore("2026-11-22T18:14:00Z");
            assertThat(step.after()).isAfter("2026-11-22T19:14:00Z");
        });
    }

    @Test
    void how_far_a_clock_was_put_is_taken_from_the_line_of_the_program_that_put_it() throws IOException {
        SteppedHost.copy(KILLED, name -> true, folder, "db2", LocalTime.parse("18:14:17"), -40);
        Path journal = folder.resolve("journal/db2.short.log");
        List<String> lines = new ArrayList<>(Files.readAllLines(journal));
        int first = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).startsWith("Nov 22 18:13:37") && i > 40)
                .findFirst()
                .orElseThrow();
        lines.add(first, "Nov 22 18:13:37 db2 chronyd[88]: System clock was stepped by -40.000000 seconds");
        Files.write(journal, lines);

        Findings findings = Lab.replay(folder).findings();

        assertThat(findings.clockSteps()).singleElement().satisfies(step -> {
            assertThat(step.by()).isEqualTo(Duration.ofSeconds(40));
            assertThat(step.plusMinus()).isZero();
        });
        assertThat(stories(findings)).isEqualTo(stories(Lab.replay(KILLED).findings()));
    }

    @Test
    void a_host_that_was_silent_for_an_hour_and_then_started_was_silent() throws IOException {
        SteppedHost.copy(KILLED, name -> name.startsWith("patroni/"), folder, "db1", LocalTime.parse("18:14:30"), 3600);

        Findings findings = Lab.replay(folder).findings();

        assertThat(findings.clockSteps()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_step_is_told_the_same_whatever_the_order_of_inputs(long seed) throws IOException {
        SteppedHost.copy(KILLED, name -> true, folder, "db2", LocalTime.parse("18:14:17"), -3);
        List<Path> files = new ArrayList<>(Lab.filesIn(folder));
        Findings inOrder = Lab.replay(files).findings();

        Collections.shuffle(files, new Random(seed));
        Findings shuffled = Lab.replay(files).findings();

        assertThat(shuffled).isEqualTo(inOrder);
        assertThat(inOrder.clockSteps()).extracting(ClockStep::host).containsExactly("db2");
    }

    @Test
    void excerpts_that_stand_in_the_wrong_order_are_no_step() throws IOException {
        List<String> journal = Files.readAllLines(WRITE_UP).stream()
                .filter(line -> line.startsWith("Dec 10 "))
                .toList();
        List<String> turned = new ArrayList<>(journal.subList(8, journal.size()));
        turned.addAll(journal.subList(0, 8));
        Files.write(folder.resolve("journal.log"), journal);
        Findings right = Lab.replay(folder.resolve("journal.log")).findings();

        Files.write(folder.resolve("journal.log"), turned);
        Findings findings = Lab.replay(folder.resolve("journal.log")).findings();

        assertThat(stories(findings)).isEqualTo(stories(right)).hasSize(1);
        assertThat(findings.clockSteps()).isEmpty();
    }

    private static List<String> stories(Findings findings) {
        return findings.incidents().stream()
                .map(incident -> incident.kind() + " " + incident.cause().code() + " " + incident.oldLeader()
                        + incident.newLeader() + incident.timelineBefore() + incident.timelineAfter())
                .toList();
    }

    private static List<String> changes(Findings findings) {
        return findings.incidents().stream()
                .map(incident -> incident.kind() + " " + incident.oldLeader() + incident.newLeader())
                .toList();
    }
}
