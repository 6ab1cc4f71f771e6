package io.failovertimeline.recognize;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.Component;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/messages.md} is made from the catalog: rewritten under {@code -Dgolden=update}, compared otherwise. */
class MessagesDocTest {

    private static final Path DOC = Path.of("docs/messages.md");

    private static final String HEAD = """
            # The log messages the program knows

            Made from `grok-patterns/` by a test; to change it, change an entry there and run
            `mvn test -Dtest=MessagesDocTest -Dgolden=update`. What the kinds mean stands in
            [grok-patterns/README.md](../grok-patterns/README.md). `NOISE` is known and left out of every timeline.
            """;

    @Test
    void the_document_lists_every_entry_of_the_catalog() throws IOException {
        String made = document(Catalog.builtIn().entries());
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(DOC, made);
        }

        assertThat(Files.readString(DOC)).isEqualTo(made);
    }

    private static String document(List<Entry> entries) {
        StringBuilder document = new StringBuilder(HEAD);
        for (Component component : Component.values()) {
            String prefix = component.name().toLowerCase(Locale.ROOT) + ".";
            List<Entry> own = entries.stream()
                    .filter(entry -> entry.id().startsWith(prefix))
                    .toList();
            if (!own.isEmpty()) {
                document.append("\n## ")
                        .append(component.name().toLowerCase(Locale.ROOT))
                        .append("\n\n| entry | proves | versions | wording |\n| --- | --- | --- | --- |\n");
                own.forEach(entry -> document.append(row(entry)));
            }
        }
        return document.toString();
    }

    private static String row(Entry entry) {
        String kinds = entry.kinds().stream().map(Enum::name).collect(Collectors.joining(", "));
        return "| `%s` | %s | %s | %s |%n"
                .formatted(
                        entry.id(),
                        kinds,
                        entry.versions().orElse(""),
                        code(entry.examples().get(0)))
                .replace("\r\n", "\n");
    }

    /** The first line of {@code text} as code in a cell of a table. */
    private static String code(String text) {
        String line = text.lines().findFirst().orElse("").strip().replace("|", "\\|");
        return line.contains("`") ? "`` " + line + " ``" : "`" + line + "`";
    }
}
