package io.failovertimeline.recognize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Stamp;
import io.failovertimeline.model.Writer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCatalogTest {

    private static final String GOOD = """
            - id: fence.node-fenced
              component: operator
              literal: fencing node
              grok: '%{FENCER}: fencing node %{MEMBER:member}'
              kinds: [FAULT_SIGNAL]
              set: {reason: FENCED}
              examples:
                - 'stonith: fencing node db2'
            """;

    @TempDir
    Path directory;

    @Test
    void a_directory_adds_entries_and_definitions() throws IOException {
        write("fence.yaml", GOOD);
        write("fence.grok", "# whoever fences\nFENCER stonith|sbd\n");

        Catalog catalog = Catalog.with(List.of(directory));

        Entry entry = catalog.entry("fence.node-fenced").orElseThrow();
        assertThat(entry.kinds()).containsExactly(EventKind.FAULT_SIGNAL);
        assertThat(entry.versions()).isEmpty();
        assertThat(entry.place()).isEqualTo(directory.resolve("fence.yaml") + ":1");
        Recognition recognition = recognize(catalog, "sbd: fencing node db3");
        assertThat(recognition.<String>match(
                        significant -> significant.evidence().toString(), noise -> "noise", () -> "unknown"))
                .contains("reason=FENCED", "member=db3");
    }

    @Test
    void an_added_entry_is_tried_before_those_that_come_with_the_program() throws IOException {
        write("own.yaml", """
                - id: own.poweroff
                  component: [operator, systemd]
                  literal: [sudo poweroff]
                  grok: sudo poweroff
                  kinds: NOISE
                  examples: [sudo poweroff]
                """);

        assertThat(recognize(Catalog.with(List.of(directory)), "sudo poweroff"))
                .isEqualTo(new Recognition.KnownNoise("own.poweroff"));
    }

    @Test
    void an_endless_match_is_given_up_and_told_once() throws IOException {
        write("endless.yaml", """
                - id: own.endless
                  component: operator
                  literal: aaaa
                  grok: '(a+)+b'
                  kinds: [FAULT_SIGNAL]
                  examples: [aaaab]
                """);
        Recognizer recognizer = new Recognizer(Catalog.with(List.of(directory)));

        for (int n = 0; n < 3; n++) {
            assertThat(recognizer.recognize(line("a".repeat(4000)), "batman")).isInstanceOf(Recognition.Unknown.class);
        }

        assertThat(recognizer.cutOff()).containsExactly("own.endless");
    }

    @Test
    void an_unknown_kind_is_named_with_its_line() throws IOException {
        assertThat(problemsOf(GOOD.replace("[FAULT_SIGNAL]", "[FAULT_SIGNALS]")))
                .singleElement()
                .asString()
                .startsWith(at(5) + "has the unknown kind FAULT_SIGNALS; known are FAULT_SIGNAL, ");
    }

    @Test
    void an_unknown_component_is_named_with_its_line() throws IOException {
        assertThat(problemsOf(GOOD.replace("operator", "other")))
                .singleElement()
                .asString()
                .startsWith(at(2) + "has the unknown component other; known are PATRONI, ");
    }

    @Test
    void an_unknown_key_is_named_with_its_line() throws IOException {
        assertThat(problemsOf(GOOD.replace("  literal:", "  litteral: x\n  literal:")))
                .singleElement()
                .asString()
                .startsWith(at(3) + "has the unknown key litteral; known are ");
    }

    @Test
    void a_missing_key_is_named_with_the_line_of_its_entry() throws IOException {
        assertThat(problemsOf(GOOD.replace("  kinds: [FAULT_SIGNAL]\n", ""))).containsExactly(at(1) + "has no kinds");
    }

    @Test
    void a_key_without_a_text_is_named_with_its_line() throws IOException {
        assertThat(problemsOf(GOOD.replace("fencing node\n  grok", "[]\n  grok")))
                .containsExactly(at(3) + "needs a text or a list of texts in literal");
    }

    @Test
    void a_grok_that_does_not_compile_is_named_with_the_line_of_its_entry() throws IOException {
        assertThat(problemsOf(GOOD.replace("'%{FENCER}: fencing", "'(%{FENCER}: fencing")))
                .singleElement()
                .asString()
                .startsWith(at(1) + "fence.node-fenced has a grok that can't be compiled: ");
    }

    @Test
    void a_pattern_that_is_not_defined_is_named() throws IOException {
        assertThat(problemsOf(GOOD.replace("FENCER", "NOBODY")))
                .singleElement()
                .asString()
                .contains(at(1), "can't be compiled", "NOBODY");
    }

    @Test
    void a_literal_that_no_example_holds_is_named_with_its_line() throws IOException {
        assertThat(problemsOf(GOOD.replace("literal: fencing node", "literal: [fencing node, shooting node]")))
                .containsExactly(at(3) + "has the literal `shooting node`, which none of its examples holds");
    }

    @Test
    void a_literal_that_json_writes_differently_is_named_with_its_line() throws IOException {
        assertThat(problemsOf(GOOD.replace("literal: fencing node", "literal: [fencing node, 'fencing \"node\"']")))
                .anySatisfy(problem -> assertThat(problem)
                        .isEqualTo(at(3)
                                + "has the literal `fencing \"node\"`; a literal is ASCII without quotation marks and"
                                + " backslashes"));
    }

    @Test
    void a_literal_too_short_is_named_with_its_line() throws IOException {
        assertThat(problemsOf(GOOD.replace("literal: fencing node", "literal: fen")))
                .containsExactly(at(3) + "has the literal `fen`; a literal has at least 4 characters");
    }

    @Test
    void an_example_that_does_not_match_is_named() throws IOException {
        assertThat(problemsOf(GOOD + "    - 'stonith: fencing node'\n"))
                .containsExactly(at(1) + "fence.node-fenced does not match its example: stonith: fencing node");
    }

    @Test
    void an_example_without_a_literal_is_named_with_its_line() throws IOException {
        assertThat(problemsOf(GOOD + "    - 'stonith: shooting node db2'\n"))
                .containsExactly(at(7) + "has an example without any of its literals: stonith: shooting node db2");
    }

    @Test
    void a_bad_id_is_named_with_its_line() throws IOException {
        assertThat(problemsOf(GOOD.replace("fence.node-fenced", "Fence node")))
                .containsExactly(
                        at(1) + "has the id `Fence node`; an id is lower-case words joined by dots and hyphens");
    }

    @Test
    void an_id_used_twice_is_named_with_both_lines() throws IOException {
        assertThat(problemsOf(GOOD + GOOD))
                .containsExactly(at(9) + "has the id fence.node-fenced, as "
                        + at(1).strip().replaceAll(":$", "") + " has");
    }

    @Test
    void an_id_of_the_program_can_not_be_used_again() throws IOException {
        assertThat(problemsOf(GOOD.replace("fence.node-fenced", "operator.power-off")))
                .singleElement()
                .asString()
                .contains("has the id operator.power-off, as ", "fence.yaml:1");
    }

    @Test
    void a_file_that_is_not_yaml_is_named_with_its_line() throws IOException {
        assertThat(problemsOf("- id: x\n  component: [patroni\n  literal: y\n"))
                .singleElement()
                .asString()
                .startsWith(directory.resolve("fence.yaml") + ":")
                .contains("is not YAML: ");
    }

    @Test
    void a_key_used_twice_is_named_with_its_line() throws IOException {
        assertThat(problemsOf(GOOD.replace("  kinds:", "  literal: fencing\n  kinds:")))
                .contains(at(5) + "has the key literal twice in one entry");
    }

    @Test
    void a_file_of_arbitrary_bytes_is_a_problem_and_never_another_exception() throws IOException {
        Random random = new Random(11);
        for (int n = 0; n < 300; n++) {
            byte[] bytes = (GOOD + GOOD).getBytes(StandardCharsets.UTF_8);
            for (int changes = 1 + random.nextInt(20); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Files.write(directory.resolve("fence.yaml"), bytes);

            assertThatThrownBy(() -> Catalog.with(List.of(directory))).isInstanceOf(CatalogException.class);
        }
    }

    @Test
    void an_endless_example_is_given_up_and_named() throws IOException {
        assertThat(problemsOf(GOOD.replace("'%{FENCER}: fencing node %{MEMBER:member}'", "'fencing node (a+)+b'")
                        .replace("'stonith: fencing node db2'", "'fencing node " + "a".repeat(4000) + "'")))
                .singleElement()
                .asString()
                .startsWith(at(1) + "fence.node-fenced takes too long: ");
    }

    @Test
    void an_example_that_leads_too_deep_is_given_up_and_named() throws IOException {
        assertThat(problemsOf(GOOD.replace("'%{FENCER}: fencing node %{MEMBER:member}'", "'fencing node (?:a|b|ab)*c'")
                        .replace("'stonith: fencing node db2'", "'fencing node " + "ab".repeat(100_000) + "'")))
                .singleElement()
                .asString()
                .startsWith(at(1) + "fence.node-fenced takes too long: ");
    }

    @Test
    void a_file_that_is_no_list_is_named_with_its_line() throws IOException {
        assertThat(problemsOf("id: x\n")).singleElement().asString().startsWith(at(1) + "is no list; ");
    }

    @Test
    void an_entry_that_is_no_mapping_is_named_with_its_line() throws IOException {
        assertThat(problemsOf("- promoted\n")).singleElement().asString().startsWith(at(1) + "is no entry; ");
    }

    @Test
    void a_definition_that_is_none_is_named_with_its_line() throws IOException {
        write("own.grok", "\nNAME_ALONE\n");

        assertThat(problemsOf(GOOD))
                .containsExactly(
                        directory.resolve("own.grok") + ":2: is no definition; a definition is `NAME expression`");
    }

    @Test
    void a_definition_of_the_program_can_not_be_made_again() throws IOException {
        write("own.grok", "LSN .*\n");

        assertThat(problemsOf(GOOD))
                .singleElement()
                .asString()
                .contains("defines LSN, as ", directory.resolve("own.grok") + ":1");
    }

    @Test
    void a_directory_that_is_not_there_is_named() {
        Path nowhere = directory.resolve("nowhere");

        CatalogException problem = catchThrowableOfType(CatalogException.class, () -> Catalog.with(List.of(nowhere)));

        assertThat(problem.problems()).singleElement().asString().startsWith(nowhere + ": can't be read: ");
    }

    @Test
    void all_problems_are_told_at_once() throws IOException {
        List<String> problems = problemsOf(GOOD.replace("operator", "nothing")
                .replace("FAULT_SIGNAL", "NOTHING")
                .replace("literal: fencing node", "literal: fen"));

        assertThat(problems).hasSize(3);
    }

    private List<String> problemsOf(String yaml) throws IOException {
        write("fence.yaml", yaml);
        write("fence.grok", "FENCER stonith|sbd\n");
        return catchThrowableOfType(CatalogException.class, () -> Catalog.with(List.of(directory)))
                .problems();
    }

    private String at(int line) {
        return directory.resolve("fence.yaml") + ":" + line + ": ";
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private static Recognition recognize(Catalog catalog, String message) {
        return new Recognizer(catalog).recognize(line(message), "batman");
    }

    private static LogLine line(String message) {
        Stamp stamp = new Stamp(Instant.EPOCH, Precision.SECONDS, Stamp.Clock.RECEPTION);
        return new LogLine(
                Optional.of(stamp),
                Optional.empty(),
                Writer.UNKNOWN,
                Optional.empty(),
                Component.OPERATOR,
                Optional.empty(),
                message,
                Origin.line("transcript", 1));
    }
}
