package io.failovertimeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainCommandTest {

    private static final String PROMOTED =
            "2023-12-10 16:19:54,575 INFO: promoted self to leader by acquiring session lock";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String standardInput = "";

    @Test
    void a_line_that_an_entry_takes_is_explained_whole() {
        int exitCode = explain(PROMOTED);

        assertThat(exitCode).isEqualTo(ExitCode.FINE);
        assertThat(out.toString())
                .contains(
                        "format       patroni",
                        "2023-12-10T16:19:54.575Z, known to the millisecond",
                        "by the program's own clock",
                        "Recognized: an event",
                        "patroni.promoted-by-lock",
                        "grok-patterns/patroni.yaml:",
                        "PROMOTED, LOCK_ACQUIRED");
    }

    @Test
    void envelope_host_writer_and_severity_are_told() {
        explain(
                "2023-12-10T16:19:54+03:00 db1 patroni[626]: 2023-12-10 16:19:54,575 WARNING: Lock owner: db2; I am db1");

        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains(
                        "format journald-short-iso",
                        "2023-12-10T13:19:54.575Z",
                        "local, +03:00 as the line's other time shows",
                        "host db1",
                        "written by patroni, pid 626",
                        "severity warning");
    }

    @Test
    void a_caret_stands_below_the_character_from_which_on_the_nearest_entry_does_not_fit() {
        int exitCode = explain(PROMOTED.replace("acquiring", "obtaining"));

        assertThat(exitCode).isEqualTo(ExitCode.NOT_TAKEN);
        String message = "promoted self to leader by obtaining session lock";
        assertThat(out.toString())
                .contains("\n    " + message + "\n    " + " ".repeat(message.indexOf("obtaining")) + "^\n");
    }

    @Test
    void a_caret_far_into_a_long_message_stays_on_the_page() {
        String member = "m".repeat(300);

        explain("2023-12-10 16:19:54,575 INFO: Lock owner: " + member + "; I am not " + member);

        assertThat(out.toString().lines().filter(line -> line.contains("^")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        assertThat(out.toString().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hello world                          | does not begin with a time
            2023-12-10 16:19:54 hello            | begins with a time, but
            {"a": 1}                             | It is JSON, but has no field
            {"a": 1                              | begins as JSON does and is none
            2023-13-10 16:19:54,575 INFO: hello  | has a time that can't be placed
            """)
    void what_is_no_log_line_is_told_why(String line, String why) {
        assertThat(explain(line)).isEqualTo(ExitCode.NOT_TAKEN);
        assertThat(out.toString().replaceAll("\\s+", " ")).contains(why);
    }

    @Test
    void a_year_that_nothing_tells_is_not_guessed() throws IOException {
        explain("--format", "json", "Feb 29 16:19:54 db1 patroni[626]: INFO:patroni.ha:Lock owner: db2; I am db1");

        JsonNode time = new ObjectMapper().readTree(out.toString()).path("time");
        assertThat(time.path("year").textValue()).isEqualTo("UNKNOWN");
        assertThat(time.has("at")).isFalse();
        assertThat(time.path("written").textValue()).isEqualTo("02-29 16:19:54");
    }

    @Test
    void a_line_of_a_file_is_read_as_the_whole_file_tells(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("db1.log");
        Files.writeString(
                file,
                "2023-12-10T16:19:50+03:00 db1 patroni[626]: 2023-12-10 16:19:50,575 INFO: Lock owner: db2; I am"
                        + " db1\n\n" + PROMOTED + "\n");

        int exitCode = explain(file + ":3");

        assertThat(exitCode).isEqualTo(ExitCode.FINE);
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("2023-12-10T13:19:54.575Z", "read as +03:00: the same moment is also written with an offset");
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "4"})
    void a_part_of_a_cut_line_is_explained_by_the_whole(int part, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("0.log");
        Files.writeString(file, """
                2026-11-22T18:15:23.146101Z stderr P 2026-11-22 18:15:23,146 INFO: promoted self to\040
                2026-11-22T18:15:23.146102Z stdout F 2026-11-22 18:15:23.146 UTC [63] LOG:  received promote request
                2026-11-22T18:15:23.146103Z stderr P leader by acquiring\040
                2026-11-22T18:15:23.146104Z stderr F session lock
                """);

        assertThat(explain(file + ":" + part, "--format", "json")).isEqualTo(ExitCode.FINE);

        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("source").textValue()).endsWith(":" + part);
        assertThat(json.path("record").textValue()).endsWith("0.log:1");
        assertThat(json.path("entry").path("id").textValue()).isEqualTo("patroni.promoted-by-lock");
    }

    @Test
    void a_line_that_continues_a_record_is_explained_by_the_whole(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("postgresql.log");
        Files.writeString(file, """
                2026-11-22 18:15:23.146 UTC [63] ERROR:  could not extend file "base/5/1249": No space left on device
                2026-11-22 18:15:23.146 UTC [63] HINT:  Check free disk space.
                2026-11-22 18:15:24.000 UTC [63] LOG:  received fast shutdown request
                """);

        assertThat(explain(file + ":2", "--format", "json")).isEqualTo(ExitCode.FINE);
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("message").textValue()).contains("could not extend file", "Check free disk space");
        assertThat(json.path("entry").path("id").textValue()).isEqualTo("postgresql.disk-full");

        out.getBuffer().setLength(0);
        assertThat(explain(file + ":3", "--format", "json")).isEqualTo(ExitCode.FINE);
        assertThat(new ObjectMapper().readTree(out.toString()).has("record")).isFalse();
    }

    @Test
    void a_line_that_a_file_does_not_have_and_a_file_that_is_not_there_are_wrong_usage(@TempDir Path folder)
            throws IOException {
        Path file = Files.writeString(folder.resolve("db1.log"), PROMOTED);

        assertThat(explain(file + ":2")).isEqualTo(ExitCode.UNUSABLE);
        assertThat(explain(folder.resolve("db2.log") + ":2")).isEqualTo(ExitCode.UNUSABLE);
        assertThat(err.toString()).contains("has no line 2", "db2.log: no such file");
    }

    @Test
    void lines_of_standard_input_are_explained_each_in_an_object_and_blank_ones_do_not_count() throws IOException {
        standardInput = PROMOTED + "\n\n" + PROMOTED + "\n";

        int exitCode = explain("-", "--format", "json", "--zone", "+03:00");

        assertThat(exitCode).isEqualTo(ExitCode.FINE);
        assertThat(out.toString().lines()).hasSize(3);
        JsonNode first =
                new ObjectMapper().readTree(out.toString().lines().findFirst().orElseThrow());
        assertThat(first.path("entry").path("id").textValue()).isEqualTo("patroni.promoted-by-lock");
        assertThat(first.path("time").path("zoneBasis").textValue()).isEqualTo("GIVEN");
        assertThat(first.path("time").path("at").textValue()).isEqualTo("2023-12-10T13:19:54.575Z");
    }

    @Test
    void a_load_result_is_told_as_one() {
        int exitCode = explain("{\"generator\":\"own\",\"endpoint\":\"GET /\",\"start\":\"2026-01-07T11:12:13Z\","
                + "\"durationMs\":5,\"failed\":false}");

        assertThat(out.toString()).contains("request-json, a load generator's results");
        assertThat(exitCode).isIn(ExitCode.FINE, ExitCode.NOT_TAKEN);
    }

    @Test
    void bytes_that_are_no_text_do_not_steer_the_terminal() {
        explain("2023-12-10 16:19:54,575 INFO: \u001b[31mred\u0007");

        assertThat(out.toString()).doesNotContain("\u001b", "\u0007");
    }

    @Test
    void patterns_are_listed_filtered_and_shown_whole() {
        assertThat(run("patterns", "--component", "keepalived", "--kind", "vip_moved", "master"))
                .isEqualTo(0);
        assertThat(out.toString()).contains("keepalived.master").doesNotContain("keepalived.fault", "patroni.");

        assertThat(run("patterns", "show", "patroni.lock-owner")).isEqualTo(0);
        assertThat(out.toString()).contains("    Lock owner: %{MEMBER:leader}; I am %{MEMBER:member}");
    }

    @Test
    void an_entry_that_is_not_there_is_wrong_usage_and_those_alike_are_named() {
        assertThat(run("patterns", "show", "patroni.owner")).isEqualTo(ExitCode.UNUSABLE);
        assertThat(err.toString()).contains("no entry patroni.owner", "patroni.lock-owner");
    }

    @Test
    void a_check_of_the_programs_own_patterns_is_fine_and_of_bad_ones_not(@TempDir Path patterns) throws IOException {
        assertThat(run("patterns", "--check")).isEqualTo(ExitCode.FINE);
        assertThat(out.toString()).contains("0 problems, 0 overlaps.");

        Files.writeString(patterns.resolve("own.yaml"), "- id: own.one\n");
        assertThat(run("patterns", "--check", "--patterns", patterns.toString()))
                .isEqualTo(ExitCode.UNUSABLE);
        assertThat(out.toString()).contains("own.yaml:1: has no literal");
    }

    private int explain(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "explain";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return run(all);
    }

    private int run(String... arguments) {
        Terminal terminal = new Terminal(false, false, 100, true);
        ByteArrayInputStream in = new ByteArrayInputStream(standardInput.getBytes(StandardCharsets.UTF_8));
        return FailoverCommand.of(
                        List.of(new ExplainCommand(in, terminal), new PatternsCommand(terminal)),
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        Map.of())
                .execute(arguments);
    }
}
