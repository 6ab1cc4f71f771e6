package io.failovertimeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.failovertimeline.correlate.EvidenceSet;
import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.load.GivenLoads;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.InputSummary;
import io.failovertimeline.model.LineCounts;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Report;
import io.failovertimeline.model.Stamp;
import io.failovertimeline.model.Writer;
import io.failovertimeline.recognize.Recognition;
import io.failovertimeline.recognize.Recognizer;
import io.failovertimeline.replay.ProgressListener;
import io.failovertimeline.replay.UnknownListener;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayCommandTest {

    private static final Terminal NONE = new Terminal(false, false, 100, true);
    private static final Report QUIET = new Report(
            new Findings(List.of(), List.of(), List.of(), List.of(), List.of(), List.of()),
            List.of(),
            List.of(),
            List.of(),
            List.of(new InputSummary("db1.log", "patroni", InputSummary.Content.LOGS, new LineCounts(3, 0, 0, 0, 0))),
            List.of());

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private static final String OWN_LINE = "fencing node db2";

    private final List<Object> asked = new ArrayList<>();

    @Test
    void a_report_goes_to_standard_output_and_nothing_else_does() {
        int exitCode = run(NONE, "replay", "-");

        assertThat(exitCode).isEqualTo(ExitCode.FINE);
        assertThat(out.toString()).startsWith("No incident.");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void what_the_user_gives_reaches_the_stages(@TempDir Path patterns) throws IOException {
        Files.writeString(patterns.resolve("own.yaml"), """
                - id: own.fenced
                  component: operator
                  literal: 'fencing node'
                  grok: 'fencing node %{MEMBER:member}'
                  kinds: [FAULT_SIGNAL]
                  examples: ['fencing node db2']
                """);

        run(NONE, "replay", "-", "--zone", "Europe/Moscow", "--patterns", patterns.toString());

        assertThat(asked).containsExactly(List.of("-"), GivenZones.of(ZoneId.of("Europe/Moscow")), OWN_LINE);
    }

    @Test
    void bad_patterns_are_named_one_a_line_before_anything_is_read(@TempDir Path patterns) throws IOException {
        Path file = Files.writeString(patterns.resolve("own.yaml"), """
                - id: own.one
                  component: nobody
                  literal: 'fencing node'
                  grok: 'fencing node'
                  kinds: [NOISE]
                  examples: ['fencing node']
                - id: own.two
                  component: operator
                  literal: 'shooting'
                  grok: '(shooting'
                  kinds: [NOISE]
                  examples: ['shooting']
                """);

        int exitCode = run(NONE, "replay", "-", "--patterns", patterns.toString());

        assertThat(exitCode).isEqualTo(ExitCode.UNUSABLE);
        assertThat(err.toString().lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith(file + ":2: "))
                .anySatisfy(line -> assertThat(line).startsWith(file + ":7: "));
        assertThat(asked).isEmpty();
    }

    @Test
    void unknown_lines_are_listed_when_asked_for_and_what_is_no_log_line_apart_at_the_end() {
        run(NONE, "replay", "-", "--unknown");

        assertThat(out.toString())
                .containsSubsequence(
                        "Unknown lines",
                        "1  patroni     wrote <number> pages to <name>",
                        "db1.log:7",
                        "Text that is no log line");
    }

    @Test
    void what_stands_behind_unknown_is_its_number_only_if_it_is_one() {
        run(NONE, "replay", "--unknown", "some-path");

        assertThat(err.toString()).startsWith("some-path: no such file or folder");
    }

    @Test
    void json_has_unknown_lines_when_asked_for() {
        run(NONE, "replay", "-", "--format", "json", "--unknown", "1");

        assertThat(out.toString())
                .contains("\"template\" : \"wrote <number> pages to <name>\"", "\"source\" : \"db1.log:7\"");
    }

    @Test
    void unknown_lines_become_entries_to_edit() {
        run(NONE, "replay", "-", "--format", "yaml", "--unknown");

        assertThat(out.toString()).contains("- id: own.patroni.wrote-pages-to\n  component: patroni\n");
    }

    @Test
    void yaml_is_for_unknown_lines_only() {
        assertThat(run(NONE, "replay", "-", "--format", "yaml")).isEqualTo(ExitCode.UNUSABLE);
        assertThat(err.toString()).contains("add --unknown");
    }

    @Test
    void expectations_decide_the_exit_code(@TempDir Path folder) throws IOException {
        Path expect = folder.resolve("expect.yaml");
        Files.writeString(expect, "incidents: [{kind: FAILOVER}]\n");

        assertThat(run(NONE, "replay", "-", "--expect", expect.toString())).isEqualTo(ExitCode.EXPECTATION_UNKNOWN);
        assertThat(out.toString()).contains("unknown      FAILOVER: no host was seen");

        assertThat(run(NONE, "replay", "-", "--expect", expect.toString(), "--format", "junit"))
                .isEqualTo(ExitCode.EXPECTATION_UNKNOWN);
        assertThat(out.toString()).contains("<testcase ");

        Files.writeString(expect, "incidents: []\nothers: allowed\n");
        assertThat(run(NONE, "replay", "-", "--expect", expect.toString())).isEqualTo(ExitCode.FINE);

        Files.writeString(expect, "incidents: no\n");
        assertThat(run(NONE, "replay", "-", "--expect", expect.toString())).isEqualTo(ExitCode.UNUSABLE);
        assertThat(err.toString()).contains("--expect: ").contains("incidents has to be a list");
    }

    @Test
    void junit_is_for_expectations_only() {
        assertThat(run(NONE, "replay", "-", "--format", "junit")).isEqualTo(ExitCode.UNUSABLE);
        assertThat(err.toString()).contains("add --expect");
    }

    @Test
    void an_offset_is_a_zone() {
        run(NONE, "replay", "-", "--zone=+03:00");

        assertThat(asked).contains(GivenZones.of(ZoneOffset.ofHours(3)));
    }

    @Test
    void zones_of_hosts_and_inputs_stand_beside_the_general_one() {
        run(NONE, "replay", "-", "--zone", "db1=Europe/Moscow", "--zone", "logs/db2*=+03:00", "--zone", "UTC");

        assertThat(asked).contains(GivenZones.parse(List.of("UTC", "db1=Europe/Moscow", "logs/db2*=+03:00")));
    }

    @Test
    void all_wrong_zones_are_one_sentence() {
        int exitCode = run(NONE, "replay", "-", "--zone", "db1=MSK", "--zone", "UTC", "--zone", "+03:00");

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString())
                .contains("'MSK' is no zone", "two zones, UTC and +03:00")
                .hasLineCount(1);
    }

    @Test
    void json_is_written_as_the_stage_that_publishes_gives_it() {
        run(NONE, "replay", "-", "--format", "json");

        assertThat(out.toString()).isEqualTo("{\n  \"inputs\" : 1\n}\n");
    }

    @Test
    void output_goes_to_a_file_in_utf_8(@TempDir Path folder) {
        Path file = folder.resolve("report.json");

        run(NONE, "replay", "-", "--format", "json", "--output", file.toString());

        assertThat(file).hasContent("{\n  \"inputs\" : 1\n}");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, auto, true", "false, auto, false", "false, always, true", "true, never, false"})
    void colours_are_for_terminals_unless_asked_otherwise(boolean onTerminal, String colour, boolean expected) {
        run(new Terminal(onTerminal, false, 100, true), "replay", "-", "--color", colour);

        assertThat(out.toString().contains("\u001b[")).isEqualTo(expected);
    }

    @Test
    void an_environment_without_colours_is_respected() {
        assertThat(Terminal.of(new Properties(), Map.of("NO_COLOR", "1")).wantsColour())
                .isFalse();
    }

    @Test
    void an_unknown_zone_is_one_sentence_with_an_example() {
        int exitCode = run(NONE, "replay", "-", "--zone", "MSK");

        assertThat(exitCode).isEqualTo(ExitCode.UNUSABLE);
        assertThat(err.toString()).contains("'MSK' is no zone", "+03:00").hasLineCount(1);
    }

    @Test
    void an_unknown_option_suggests_the_nearest() {
        int exitCode = run(NONE, "replay", "-", "--formt", "json");

        assertThat(exitCode).isEqualTo(ExitCode.UNUSABLE);
        assertThat(err.toString())
                .contains("--formt")
                .contains("Did you mean --format")
                .hasLineCount(1);
    }

    @Test
    void an_unknown_command_suggests_the_nearest() {
        int exitCode = run(NONE, "repaly");

        assertThat(exitCode).isEqualTo(ExitCode.UNUSABLE);
        assertThat(err.toString())
                .contains("no command 'repaly'", "Did you mean replay")
                .hasLineCount(1);
    }

    @Test
    void no_command_shows_the_help_and_is_wrong_usage() {
        int exitCode = run(NONE);

        assertThat(exitCode).isEqualTo(ExitCode.UNUSABLE);
        assertThat(err.toString()).contains("replay", "Examples:");
    }

    @Test
    void a_missing_input_is_named_before_anything_is_read() {
        int exitCode = run(NONE, "replay", "no-such-folder");

        assertThat(exitCode).isEqualTo(ExitCode.UNUSABLE);
        assertThat(err.toString())
                .startsWith("no-such-folder: no such file or folder.")
                .hasLineCount(1);
        assertThat(asked).isEmpty();
    }

    @Test
    void an_input_that_vanishes_while_it_is_read_is_no_internal_error() {
        int exitCode = run(NONE, failing(new UncheckedIOException(new NoSuchFileException("db1.log"))), Map.of());

        assertThat(exitCode).isEqualTo(ExitCode.UNUSABLE);
        assertThat(err.toString()).isEqualToIgnoringNewLines("db1.log: no such file or folder.");
    }

    @Test
    void an_internal_error_is_one_line_and_says_how_to_see_more() {
        int exitCode = run(NONE, failing(new IllegalStateException("promoted before\nleader lost")), Map.of());

        assertThat(exitCode).isEqualTo(ExitCode.INTERNAL_ERROR);
        assertThat(err.toString())
                .contains("promoted before leader lost", "FAILOVER_DEBUG=1")
                .hasLineCount(1);
    }

    @Test
    void debugging_shows_the_stack_trace() {
        run(NONE, failing(new IllegalStateException("no")), Map.of("FAILOVER_DEBUG", "1"));

        assertThat(err.toString()).contains("\tat ").doesNotContain("FAILOVER_DEBUG");
    }

    @Test
    void help_teaches_by_examples() {
        int exitCode = run(NONE, "replay", "--help");

        assertThat(exitCode).isEqualTo(ExitCode.FINE);
        assertThat(out.toString()).contains("Examples:", "--zone", "Exit codes");
    }

    @Test
    void a_long_run_shows_how_far_it_is_and_leaves_no_trace() {
        Clock clock = new Clock();
        ProgressLine line = new ProgressLine(new PrintWriter(err, true), clock);

        line.expect(100_000_000);
        line.read(1_000_000);
        assertThat(err.toString()).isEmpty();

        clock.now = clock.now.plusSeconds(2);
        line.read(39_000_000);
        line.done();

        assertThat(err.toString()).isEqualTo("\r\u001b[Kread 40.0 of 100.0 MB, 20.0 MB/s, 3 s left\r\u001b[K");
    }

    private int run(Terminal terminal, String... arguments) {
        return run(terminal, this::record, Map.of(), arguments);
    }

    private int run(Terminal terminal, ReplayCommand.Pipeline pipeline, Map<String, String> environment) {
        return run(terminal, pipeline, environment, "replay", "-");
    }

    private int run(
            Terminal terminal, ReplayCommand.Pipeline pipeline, Map<String, String> environment, String... arguments) {
        ReplayCommand replay = new ReplayCommand(
                pipeline,
                report -> JsonNodeFactory.instance
                        .objectNode()
                        .put("inputs", report.inputs().size()),
                terminal,
                InstantSource.fixed(Instant.EPOCH));
        return FailoverCommand.of(List.of(replay), new PrintWriter(out, true), new PrintWriter(err, true), environment)
                .execute(arguments);
    }

    private Report record(
            List<String> paths,
            GivenZones zone,
            GivenLoads loads,
            Recognizer recognizer,
            UnknownListener unknown,
            Consumer<EvidenceSet> evidence,
            ProgressListener progress) {
        asked.addAll(List.of(paths, zone));
        LogLine own = new LogLine(
                Optional.of(new Stamp(Instant.EPOCH, Precision.MILLIS, Stamp.Clock.APPLICATION)),
                Optional.empty(),
                Writer.UNKNOWN,
                Optional.empty(),
                Component.OPERATOR,
                Optional.empty(),
                OWN_LINE,
                Origin.line("a.log", 1));
        if (recognizer.recognize(own, "batman") instanceof Recognition.Significant) {
            asked.add(OWN_LINE);
        }
        unknown.text("no log line", Origin.line("a.txt", 1));
        unknown.line(new LogLine(
                Optional.empty(),
                Optional.empty(),
                Writer.UNKNOWN,
                Optional.empty(),
                Component.PATRONI,
                Optional.empty(),
                "wrote 12 pages to db1",
                Origin.line("db1.log", 7)));
        return QUIET;
    }

    private static ReplayCommand.Pipeline failing(RuntimeException failure) {
        return (paths, zone, loads, recognizer, unknown, evidence, progress) -> {
            throw failure;
        };
    }

    private static final class Clock implements InstantSource {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }
    }
}
