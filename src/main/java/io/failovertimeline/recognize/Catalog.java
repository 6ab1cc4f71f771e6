package io.failovertimeline.recognize;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The entries of {@code grok-patterns/}: those that come with the program and those a user adds, which are tried first.
 *
 * <p>A directory holds entries in {@code *.yaml} files and patterns that several of them use in {@code *.grok} files, one a line
 * as {@code NAME expression}. {@code grok-patterns/README.md} tells the format.
 */
public final class Catalog {

    private final List<Entry> entries;
    private final Groks groks;

    private Catalog(List<Entry> entries, SortedMap<String, String> definitions) {
        this.entries = List.copyOf(entries);
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
        Catalog catalog = new Catalog(reader.entries(), reader.definitions());
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

    /** The entries, ready to be tried, in the same order. */
    List<Rule> rules() {
        return entries.stream().map(this::rule).toList();
    }

    /** An entry, of this catalog or not, that may use its definitions. */
    Rule rule(Entry entry) {
        return new Rule(entry, groks);
    }
}
