package io.failovertimeline.recognize;

import io.failovertimeline.model.Component;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entries of {@code grok-patterns/}: those that come with the program and those a user adds, which are tried first.
 *
 * <p>A directory holds entries in {@code *.yaml} files and patterns that several of them use in {@code *.grok} files, one a line
 * as {@code NAME expression}. {@code grok-patterns/README.md} tells the format.
 */
public final class Catalog {

    private static final String BUILT_IN = "grok-patterns/";

    private final List<Entry> entries;
    private final SortedMap<String, String> definitions;

    private Catalog(List<Entry> entries, SortedMap<String, String> definitions) {
        this.entries = List.copyOf(entries);
        this.definitions = definitions;
    }

    /** The catalog that comes with the program. */
    public static Catalog builtIn() {
        return with(List.of());
    }

    /**
     * The catalog that comes with the program, and that of each directory. The directories' entries are checked as by
     * {@link #check}.
     *
     * @throws CatalogException if any entry is bad or a directory can't be read
     */
    public static Catalog with(List<Path> directories) {
        Reading reading = new Reading();
        directories.forEach(reading::directory);
        List<Entry> added = List.copyOf(reading.entries);
        reading.builtIn();
        Catalog catalog = new Catalog(reading.entries, reading.definitions);
        added.forEach(entry -> reading.problems.addAll(catalog.problemsOf(entry)));
        if (!reading.problems.isEmpty()) {
            throw new CatalogException(reading.problems);
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
     * Compiles every grok and tries it on its examples, which {@link #builtIn} leaves out because it takes a while.
     *
     * @throws CatalogException if one can't be compiled or does not match
     */
    public void check() {
        List<String> problems =
                entries.stream().flatMap(entry -> problemsOf(entry).stream()).toList();
        if (!problems.isEmpty()) {
            throw new CatalogException(problems);
        }
    }

    /** The entries, ready to be tried, in the same order. */
    List<Rule> rules() {
        Groks groks = new Groks(definitions);
        return entries.stream().map(entry -> new Rule(entry, groks)).toList();
    }

    private List<String> problemsOf(Entry entry) {
        Rule rule = new Rule(entry, new Groks(definitions));
        List<String> problems = new ArrayList<>();
        try {
            for (String example : entry.examples()) {
                if (rule.fields(example).isEmpty()) {
                    problems.add(entry.place() + ": " + entry.id() + " does not match its example: " + example);
                }
            }
        } catch (BoundedText.Exhausted endless) {
            problems.add(entry.place() + ": " + entry.id() + " takes too long: " + endless.getMessage());
        } catch (IllegalArgumentException notGrok) {
            problems.add(entry.place() + ": " + entry.id() + " has a grok that can't be compiled: "
                    + String.valueOf(notGrok.getMessage()).lines().findFirst().orElse(""));
        }
        return problems;
    }

    /** What has been read so far. */
    private static final class Reading {
        private final List<Entry> entries = new ArrayList<>();
        private final SortedMap<String, String> definitions = new TreeMap<>();
        private final List<String> problems = new ArrayList<>();
        private final Map<String, String> placeOfId = new HashMap<>();
        private final Map<String, String> placeOfDefinition = new LinkedHashMap<>();

        void builtIn() {
            try {
                definitions(BUILT_IN + "shared.grok", Reading::resource);
                for (Component component : Component.values()) {
                    if (component != Component.OTHER) {
                        entries(BUILT_IN + component.name().toLowerCase(Locale.ROOT) + ".yaml", Reading::resource);
                    }
                }
            } catch (IOException broken) {
                throw new IllegalStateException("the program's own " + BUILT_IN + " can't be read", broken);
            }
        }

        void directory(Path directory) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.sorted().toList()) {
                    if (file.toString().endsWith(".yaml") || file.toString().endsWith(".yml")) {
                        entries(file.toString(), name -> Files.newInputStream(file));
                    } else if (file.toString().endsWith(".grok")) {
                        definitions(file.toString(), name -> Files.newInputStream(file));
                    }
                }
            } catch (IOException unreadable) {
                problems.add(directory + ": can't be read: " + unreadable);
            }
        }

        private void entries(String file, Source source) throws IOException {
            try (InputStream bytes = source.open(file)) {
                for (EntryReader.Item item : new EntryReader(file, problems::add).read(bytes)) {
                    EntryChecks.entry(file, item, problems::add).ifPresent(this::add);
                }
            }
        }

        private void add(Entry entry) {
            @Nullable String earlier = placeOfId.putIfAbsent(entry.id(), entry.place());
            if (earlier == null) {
                entries.add(entry);
            } else {
                problems.add(entry.place() + ": has the id " + entry.id() + ", as " + earlier + " has");
            }
        }

        private void definitions(String file, Source source) throws IOException {
            try (InputStream bytes = source.open(file)) {
                List<String> lines = new String(bytes.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
                for (int line = 1; line <= lines.size(); line++) {
                    String text = lines.get(line - 1).strip();
                    if (!text.isEmpty() && !text.startsWith("#")) {
                        define(text, file + ":" + line);
                    }
                }
            }
        }

        private void define(String text, String place) {
            int blank = text.indexOf(' ');
            String name = blank < 0 ? text : text.substring(0, blank);
            if (blank < 0 || !name.matches("[A-Za-z0-9_]+")) {
                problems.add(place + ": is no definition; a definition is `NAME expression`");
                return;
            }
            @Nullable String earlier = placeOfDefinition.putIfAbsent(name, place);
            if (earlier == null) {
                definitions.put(name, text.substring(blank).strip());
            } else {
                problems.add(place + ": defines " + name + ", as " + earlier + " does");
            }
        }

        private static InputStream resource(String name) throws IOException {
            @Nullable InputStream bytes = Catalog.class.getClassLoader().getResourceAsStream(name);
            if (bytes == null) {
                throw new FileNotFoundException(name);
            }
            return bytes;
        }
    }

    /** Opens a file by its name. */
    private interface Source {
        InputStream open(String name) throws IOException;
    }
}
