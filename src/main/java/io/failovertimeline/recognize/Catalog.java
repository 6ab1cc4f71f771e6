package io.failovertimeline.recognize;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * The entries of {@code grok-patterns/}: those that come with the program and those a user adds, which are tried first.
 *
 * <p>A directory holds entries in {@code *.yaml} files and patterns that several of them use in {@code *.grok} files, one a line
 * as {@code NAME expression}. {@code grok-patterns/README.md} tells the format.
 */
public final class Catalog {

    private final List<Entry> entries;
    private final Groks groks;
    private final int added;

    private Catalog(List<Entry> entries, SortedMap<String, String> definitions, int added) {
        this.entries = List.copyOf(entries);
        this.added = added;
        this.groks = new Groks(definitions);
    }

    /** The catalog that comes with the program. */
    public static Catalog builtIn() {
        return with(List.of());
    }

    /**
     * The catalog that comes with the program, and that of each directory. The directories' entries are tried on
     * their examples; for the program's own, {@link CatalogCheck} does that.
     *
     * @throws CatalogException if any entry is bad or a directory can't be read
     */
    public static Catalog with(List<Path> directories) {
        CatalogReader reader = new CatalogReader();
        directories.forEach(reader::readDirectory);
        List<Entry> added = List.copyOf(reader.entries());
        reader.readBuiltIn();
        Catalog catalog = new Catalog(reader.entries(), reader.definitions(), added.size());
        List<String> problems = new ArrayList<>(reader.problems());
        added.forEach(entry -> problems.addAll(catalog.rule(entry).problems()));
        if (!problems.isEmpty()) {
            throw new CatalogException(problems);
        }
        return catalog;
    }

    /** All entries, in the order in which they are tried. */
    public List<Entry> entries() {
        return entries;
    }

    /** The entry of this id; empty if there is none. */
    public Optional<Entry> entry(String id) {
        return entries.stream().filter(entry -> entry.id().equals(id)).findFirst();
    }

    /**
     * Where entries of the directories take what the program's would have taken, one text for each example, as {@code file:line:
     * what}. That may be what they are there for.
     */
    public List<String> overrides() {
        List<Rule> rules = rules();
        return entries.subList(0, added).stream()
                .flatMap(entry -> overrides(entry, rules.subList(added, rules.size())))
                .toList();
    }

    private static Stream<String> overrides(Entry entry, List<Rule> rules) {
        return entry.examples().stream().flatMap(example -> rules.stream()
                .filter(rule -> !Collections.disjoint(rule.entry().components(), entry.components()))
                .filter(rule ->
                        rule.entry().mayMatch(example) && rule.fields(example).isPresent())
                .map(rule -> entry.place() + ": " + entry.id() + " is tried before "
                        + rule.entry().id() + " (" + rule.entry().place() + "), which would take its example: "
                        + example));
    }

    /** The entries, ready to be tried, in the same order. */
    List<Rule> rules() {
        return entries.stream().map(this::rule).toList();
    }

    /** An entry, of this catalog or not, that may use its definitions. */
    Rule rule(Entry entry) {
        return new Rule(entry, groks);
    }
}
