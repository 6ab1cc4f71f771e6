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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects entries and definitions from files, and everything that is wrong with them. */
final class CatalogReader {

    private static final String BUILT_IN = "grok-patterns/";

    private final List<Entry> entries = new ArrayList<>();
    private final SortedMap<String, String> definitions = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> placeOfId = new HashMap<>();
    private final Map<String, String> placeOfDefinition = new HashMap<>();

    /** Reads the catalog that comes with the program: a file for each component. */
    void readBuiltIn() {
        readDefinitions(BUILT_IN + "shared.grok", CatalogReader::resource);
        for (Component component : Component.values()) {
            if (component != Component.OTHER) {
                readEntries(BUILT_IN + component.name().toLowerCase(Locale.ROOT) + ".yaml", CatalogReader::resource);
            }
        }
    }

    /** Reads a user's {@code *.yaml} and {@code *.grok} files, in the order of their names. */
    void readDirectory(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                String name = file.toString();
                if (name.endsWith(".yaml") || name.endsWith(".yml")) {
                    readEntries(name, ignored -> Files.newInputStream(file));
                } else if (name.endsWith(".grok")) {
                    readDefinitions(name, ignored -> Files.newInputStream(file));
                }
            }
        } catch (IOException unreadable) {
            problems.add(directory + ": can't be read: " + unreadable);
        }
    }

    /** The sound entries, in the order they were read. */
    List<Entry> entries() {
        return entries;
    }

    /** The definitions of all {@code *.grok} files, by name. */
    SortedMap<String, String> definitions() {
        return definitions;
    }

    /** What was wrong, each as {@code file:line: what}. */
    List<String> problems() {
        return problems;
    }

    private void readEntries(String file, Source source) {
        try (InputStream bytes = source.open(file)) {
            for (EntryReader.Item item : new EntryReader(file, problems::add).read(bytes)) {
                EntryChecks.entry(file, item, problems::add).ifPresent(this::add);
            }
        } catch (IOException unreadable) {
            problems.add(file + ": can't be read: " + unreadable);
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

    private void readDefinitions(String file, Source source) {
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
        } catch (IOException unreadable) {
            problems.add(file + ": can't be read: " + unreadable);
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
        @Nullable InputStream bytes = CatalogReader.class.getClassLoader().getResourceAsStream(name);
        if (bytes == null) {
            throw new FileNotFoundException(name);
        }
        return bytes;
    }

    /** Opens a file by its name. */
    private interface Source {
        InputStream open(String name) throws IOException;
    }
}
