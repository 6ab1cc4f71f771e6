package io.failovertimeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.recognize.Catalog;
import io.failovertimeline.recognize.CatalogCheck;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code grok-patterns/README.md} shows is what happens. */
class PatternsOfYourOwnTest {

    private static final String LINE = "2026-11-22T18:14:02+00:00 db1 sudo[99]: fence_node: fencing db2 (no heartbeat)";

    private final StringWriter out = new StringWriter();
    private String guide = "";

    @TempDir
    Path directory;

    @BeforeEach
    void write_the_files_that_the_guide_shows() throws IOException {
        guide = Files.readString(Path.of("grok-patterns/README.md"));
        Files.writeString(directory.resolve("fencing.yaml"), block("`my-patterns/fencing.yaml`:"));
        Files.writeString(directory.resolve("fencing.grok"), block("for what several entries use:"));
    }

    @Test
    void the_patterns_of_the_guide_pass_the_check() {
        CatalogCheck check = CatalogCheck.of(List.of(directory));

        assertThat(check.problems()).isEmpty();
        assertThat(check.overlaps()).isEmpty();
        assertThat(check.entries()).isEqualTo(Catalog.builtIn().entries().size() + 1);
    }

    @Test
    void the_line_of_the_guide_is_explained_as_the_guide_says() {
        int exitCode = run("explain", "--patterns", directory.toString(), LINE);

        assertThat(exitCode).isEqualTo(ExitCode.FINE);
        String explained =
                out.toString().replace(directory.toString(), "my-patterns").stripTrailing();
        assertThat(guide)
                .contains(explained
                        .lines()
                        .map(line -> ("    " + line).stripTrailing())
                        .collect(Collectors.joining("\n")));
    }

    /** The indented lines that follow {@code lead}. */
    private String block(String lead) {
        return guide.substring(guide.indexOf(lead) + lead.length())
                .lines()
                .skip(2)
                .takeWhile(line -> line.startsWith("    "))
                .map(line -> line.substring(4) + "\n")
                .collect(Collectors.joining());
    }

    private int run(String... arguments) {
        Terminal terminal = new Terminal(false, false, 100, true);
        return FailoverCommand.of(
                        List.of(new ExplainCommand(new ByteArrayInputStream(new byte[0]), terminal)),
                        new PrintWriter(out, true),
                        new PrintWriter(out, true),
                        Map.of())
                .execute(arguments);
    }
}
