package io.failovertimeline.recognize;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.Component;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplatesTest {

    private static final Templates TEMPLATES = new Templates(Set.of("alpha", "alpha-beta"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            took 12.5ms and 3,000 kB, 45%                      | took <number> and <number> kB, <number>
            redo starts at 0/3480530                           | redo starts at <lsn>
            I/O and A/B stay                                   | I/O and A/B stay
            at 2026-11-22 18:13:43.526 UTC exactly             | at <time> exactly
            [22/Nov/2026:18:13:43.526] hit                     | [<date>] hit
            from 10.44.7.42:51770 to ::1                       | from <address> to ::<number>
            peer fe80::1:2 left                                | peer <address> left
            added member b317c30c72a8e8f3                      | added member <hex>
            GET http://10.44.7.11:8008/patroni?x=1 (timeout)   | GET <url> (timeout)
            open "pg_wal/000001" or 'it' but don't             | open <text> or <text> but don't
            file /var/lib/postgresql/15/main.conf missing      | file <path> missing
            id 6f1c9c9e-9d1c-4f0e-8a39-1c1a4f0e8a39 gone       | id <uuid> gone
            member db1 follows node-2.example.org              | member <name> follows <name>
            alpha-beta follows alpha, alphabet stays           | <name> follows <name>, alphabet stays
            """)
    void what_differs_from_line_to_line_is_taken_out(String message, String template) {
        assertThat(TEMPLATES.template(message)).isEqualTo(template);
    }

    @Test
    void a_long_message_is_cut() {
        assertThat(TEMPLATES.template("a ".repeat(5000))).hasSize(Templates.LONGEST);
    }

    @Test
    void skeletons_are_entries_that_pass_every_check_and_match_what_they_were_made_of(@TempDir Path directory)
            throws IOException {
        Skeletons skeletons = new Skeletons(Catalog.builtIn(), TEMPLATES);
        List<String> messages = List.of(
                "wrote 12 pages to db1",
                "wrote 99 pages to db2",
                "it's \"quoted\" and (bracketed) {oddly} at 22/Nov/2026:18:13:43.526 +0000",
                "LOG:  a %{STRANGE} | pipe ^ and $5 \\ backslash",
                "two lines\n\tof \u0007 text at 2026-11-22 18:13:43 UTC",
                "peer 10.44.7.42:51770 1/1/26 713 -- 1/1/0/0/0 0/0 said nothing",
                "x".repeat(2000));
        StringBuilder yaml = new StringBuilder();
        for (Component component : List.of(Component.PATRONI, Component.POSTGRESQL)) {
            messages.forEach(message -> yaml.append(skeletons.yaml(component, message)));
        }
        Files.writeString(directory.resolve("own.yaml"), yaml);

        assertThat(CatalogCheck.of(List.of(directory)).problems()).isEmpty();
        Catalog catalog = Catalog.with(List.of(directory));
        assertThat(own(catalog)).hasSize(2 * messages.size() - 2);
        assertThat(yaml).contains("# own.patroni.wrote-pages-to takes it too.");
    }

    @Test
    void a_message_without_a_text_for_a_literal_becomes_a_comment() {
        assertThat(new Skeletons(Catalog.builtIn(), TEMPLATES).yaml(Component.PATRONI, "   ^^^^ 12"))
                .startsWith("# No entry can be made of it");
    }

    private static List<String> own(Catalog catalog) {
        List<String> own = new ArrayList<>();
        for (Entry entry : catalog.entries()) {
            if (entry.id().toLowerCase(Locale.ROOT).startsWith("own.")) {
                own.add(entry.id());
            }
        }
        return own;
    }
}
