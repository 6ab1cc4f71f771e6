package io.failovertimeline.recognize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogCheckTest {

    @TempDir
    Path directory;

    @Test
    void every_bad_entry_is_named_and_the_sound_ones_are_tried_all_the_same() throws IOException {
        CatalogCheck check = check(entry("own.one", "(broken", "broken glass", "NOISE")
                + entry("own.two", "shiny [a-z]+", "shiny metal", "NOISE")
                + entry("own.three", "dull [a-z]+", "dull", "NOISE"));

        assertThat(check.problems())
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem).startsWith(at(1)).contains("own.one", "can't be compiled"))
                .anySatisfy(problem -> assertThat(problem).startsWith(at(13)).contains("own.three"));
        assertThat(check.entries()).isEqualTo(CatalogCheck.of(List.of()).entries() + 1);
    }

    @Test
    void an_entry_that_takes_for_ever_on_what_resembles_its_example_is_named() throws IOException {
        assertThat(check(entry("own.endless", "(a+)+b", "aaaab", "NOISE")).problems())
                .singleElement()
                .asString()
                .startsWith(at(1))
                .contains("own.endless takes too long");
    }

    @Test
    void an_example_that_an_earlier_entry_of_the_user_takes_away_is_a_problem() throws IOException {
        CatalogCheck check = check(entry("own.greedy", "fencing .*", "fencing node", "NOISE")
                + entry("own.robbed", "fencing db\\d", "fencing db2", "FAULT_SIGNAL"));

        assertThat(check.problems())
                .singleElement()
                .asString()
                .startsWith(at(7))
                .contains("own.robbed never gets its example", "own.greedy", ": fencing db2");
    }

    @Test
    void an_entry_of_the_user_may_take_what_one_of_the_program_would_and_that_is_told() throws IOException {
        CatalogCheck check = check(entry("own.poweroff", "sudo poweroff", "sudo poweroff", "NOISE"));

        assertThat(check.problems()).isEmpty();
        assertThat(check.overlaps()).isNotEmpty().allSatisfy(overlap -> {
            assertThat(overlap.taker().id()).isEqualTo("own.poweroff");
            assertThat(overlap.other().id()).startsWith("operator.");
        });
    }

    private CatalogCheck check(String yaml) throws IOException {
        Files.writeString(directory.resolve("own.yaml"), yaml);
        return CatalogCheck.of(List.of(directory));
    }

    private static String entry(String id, String grok, String example, String kind) {
        return """
                - id: %s
                  component: operator
                  literal: '%s'
                  grok: '%s'
                  kinds: [%s]
                  examples: ['%s']
                """.formatted(id, example.substring(0, 4), grok, kind, example);
    }

    private String at(int line) {
        return directory.resolve("own.yaml") + ":" + line + ": ";
    }
}
