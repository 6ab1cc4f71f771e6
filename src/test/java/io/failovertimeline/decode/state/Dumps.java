package io.failovertimeline.decode.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads texts as dumps. */
final class Dumps {

    private static final Path CAPTURED = Path.of("src/test/resources/state");

    private Dumps() {}

    static Optional<StateDump> find(String... lines) {
        byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return DumpBlock.read(bytes, 0, bytes.length);
    }

    static StateDump read(String... lines) {
        return find(lines).orElseThrow();
    }

    static List<String> captured(String file) throws IOException {
        return Files.readAllLines(CAPTURED.resolve(file));
    }

    /** Lines {@code from}, from 1, to {@code to} of a captured file. */
    static StateDump captured(String file, int from, int to) throws IOException {
        return read(captured(file).subList(from - 1, to).toArray(String[]::new));
    }

    /** The values of a column, {@code -} where a row has none. */
    static List<String> column(StateDump dump, String name) {
        return dump.rows().stream().map(row -> row.field(name).orElse("-")).toList();
    }

    static String[] collapsed(List<String> lines) {
        return lines.stream().map(line -> line.replaceAll(" +", " ").strip()).toArray(String[]::new);
    }
}
