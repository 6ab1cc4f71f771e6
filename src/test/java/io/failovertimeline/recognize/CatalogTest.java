package io.failovertimeline.recognize;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class CatalogTest {

    private static final Catalog CATALOG = Catalog.builtIn();

    @Test
    void every_entry_matches_its_own_examples_and_no_other_takes_them_away_or_is_endless_on_what_resembles_them() {
        CatalogCheck check = CatalogCheck.of(List.of());

        assertThat(check.problems()).isEmpty();
        assertThat(check.overlaps()).isEmpty();
        assertThat(check.entries()).isEqualTo(CATALOG.entries().size());
    }

    @Test
    void no_entry_matches_an_example_of_another_of_its_component() {
        List<String> greedy = new ArrayList<>();

        for (Component component : Component.values()) {
            List<Rule> rules = CATALOG.rules().stream()
                    .filter(rule -> rule.entry().components().contains(component))
                    .toList();
            for (Rule rule : rules) {
                for (Rule other : rules) {
                    for (String example : other.entry().examples()) {
                        if (rule != other && rule.fields(example).isPresent()) {
                            greedy.add(rule.entry().id() + " takes of "
                                    + other.entry().id() + ": " + example);
                        }
                    }
                }
            }
        }

        assertThat(greedy).isEmpty();
    }

    @Test
    void every_entry_tells_versions_and_source() {
        assertThat(ids(entry -> entry.versions().isEmpty() || entry.source().isEmpty()))
                .isEmpty();
    }

    @Test
    void every_entry_is_named_after_a_component_of_its_own() {
        assertThat(ids(entry -> entry.components().stream().noneMatch(component -> entry.id()
                        .startsWith(component.name().toLowerCase(Locale.ROOT) + "."))))
                .isEmpty();
    }

    @Test
    void literals_are_long_enough_to_be_searched_for_in_strides() {
        assertThat(ids(entry -> entry.literals().stream().anyMatch(literal -> literal.length() < 7)))
                .isEmpty();
    }

    @Test
    void there_are_entries_for_every_component_but_other() {
        for (Component component : Component.values()) {
            Set<Component> one = Set.of(component);
            assertThat(CATALOG.entries().stream()
                            .anyMatch(entry -> entry.components().containsAll(one)))
                    .as(component.name())
                    .isEqualTo(component != Component.OTHER);
        }
    }

    private static List<String> ids(Predicate<Entry> wanted) {
        return CATALOG.entries().stream().filter(wanted).map(Entry::id).toList();
    }
}
