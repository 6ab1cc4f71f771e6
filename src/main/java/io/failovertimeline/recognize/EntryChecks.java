package io.failovertimeline.recognize;

import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.EventKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what a file holds into an {@link Entry}, or names everything that is wrong with it. */
final class EntryChecks {

    private static final List<String> REQUIRED = List.of("id", "component", "literal", "grok", "kinds", "examples");
    private static final List<String> KEYS =
            List.of("id", "component", "literal", "grok", "kinds", "set", "versions", "source", "examples");
    private static final Pattern ID = Pattern.compile("[a-z0-9_]+(?:[.-][a-z0-9]+)*");
    private static final Map<String, Component> COMPONENTS = constants(Component.values());
    private static final Map<String, EventKind> KINDS = constants(EventKind.ofEntries());

    private final String file;
    private final EntryReader.Item item;
    private final Consumer<String> problems;
    private boolean sound = true;

    private EntryChecks(String file, EntryReader.Item item, Consumer<String> problems) {
        this.file = file;
        this.item = item;
        this.problems = problems;
    }

    /** The entry; empty if it is not sound, and then {@code problems} were told why. */
    static Optional<Entry> entry(String file, EntryReader.Item item, Consumer<String> problems) {
        return new EntryChecks(file, item, problems).entry();
    }

    private Optional<Entry> entry() {
        item.values().forEach((key, value) -> {
            if (!KEYS.contains(key)) {
                problem(value.line(), "has the unknown key " + key + "; known are " + String.join(", ", KEYS));
            }
        });
        for (String key : REQUIRED) {
            if (!item.values().containsKey(key)) {
                problem(item.line(), "has no " + key);
            } else if (texts(key).isEmpty()) {
                problem(line(key), "needs a text or a list of texts in " + key);
            }
        }
        if (!sound) {
            return Optional.empty();
        }
        Entry entry = new Entry(
                single("id").orElse(""),
                components(),
                texts("literal"),
                single("grok").orElse(""),
                kinds(),
                set(),
                single("versions"),
                single("source"),
                texts("examples"),
                file + ":" + line("id"));
        checkId(entry);
        checkLiterals(entry);
        return Optional.of(entry).filter(ready -> sound);
    }

    private void checkId(Entry entry) {
        if (!ID.matcher(entry.id()).matches()) {
            problem(
                    line("id"),
                    "has the id `" + entry.id() + "`; an id is lower-case words joined by dots and hyphens");
        }
        if (entry.id().startsWith(ClusterEvent.STATE_RULES)) {
            problem(
                    line("id"),
                    "has the id `" + entry.id() + "`; ids with `" + ClusterEvent.STATE_RULES
                            + "` are those of state dumps");
        }
    }

    private void checkLiterals(Entry entry) {
        for (String literal : entry.literals()) {
            if (!isPlain(literal)) {
                problem(
                        line("literal"),
                        "has the literal `" + literal
                                + "`; a literal is ASCII without quotation marks and backslashes");
            }
            if (literal.length() < Literals.SHORTEST) {
                problem(
                        line("literal"),
                        "has the literal `" + literal + "`; a literal has at least " + Literals.SHORTEST
                                + " characters");
            }
            if (!isInOneOf(entry.examples(), literal)) {
                problem(line("literal"), "has the literal `" + literal + "`, which none of its examples holds");
            }
        }
        for (String example : entry.examples()) {
            if (!entry.mayMatch(example)) {
                problem(line("examples"), "has an example without any of its literals: " + example);
            }
        }
    }

    /** Whether a line of JSON writes it as it is. */
    private static boolean isPlain(String literal) {
        for (int at = 0; at < literal.length(); at++) {
            char character = literal.charAt(at);
            if (character < ' ' || character > '~' || character == '"' || character == '\\') {
                return false;
            }
        }
        return true;
    }

    private static boolean isInOneOf(List<String> texts, String part) {
        for (String text : texts) {
            if (text.contains(part)) {
                return true;
            }
        }
        return false;
    }

    private Set<Component> components() {
        Set<Component> components = EnumSet.noneOf(Component.class);
        for (String name : texts("component")) {
            @Nullable Component component = COMPONENTS.get(name.toUpperCase(Locale.ROOT));
            if (component == null || component == Component.OTHER) {
                problem(
                        line("component"),
                        "has the unknown component " + name + "; known are " + String.join(", ", COMPONENTS.keySet()));
            } else {
                components.add(component);
            }
        }
        return components;
    }

    private List<EventKind> kinds() {
        List<EventKind> kinds = new ArrayList<>();
        for (String name : texts("kinds")) {
            @Nullable EventKind kind = KINDS.get(name);
            if (kind == null) {
                problem(
                        line("kinds"),
                        "has the unknown kind " + name + "; known are " + String.join(", ", KINDS.keySet()));
            } else {
                kinds.add(kind);
            }
        }
        return kinds;
    }

    private SortedMap<String, String> set() {
        EntryReader.@Nullable Value set = item.values().get("set");
        if (set == null) {
            return new TreeMap<>();
        }
        if (!set.texts().isEmpty()) {
            problem(set.line(), "needs a mapping of fields to texts in set");
        }
        return set.pairs();
    }

    private static <E extends Enum<E>> Map<String, E> constants(E[] values) {
        Map<String, E> constants = new LinkedHashMap<>();
        for (E value : values) {
            constants.put(value.name(), value);
        }
        return constants;
    }

    private Optional<String> single(String key) {
        List<String> texts = texts(key);
        if (texts.size() > 1) {
            problem(line(key), "has more than one text in " + key);
        }
        return texts.isEmpty() ? Optional.empty() : Optional.of(texts.get(0));
    }

    private List<String> texts(String key) {
        EntryReader.@Nullable Value value = item.values().get(key);
        return value == null ? List.of() : value.texts();
    }

    private int line(String key) {
        EntryReader.@Nullable Value value = item.values().get(key);
        return value == null ? item.line() : value.line();
    }

    private void problem(int line, String what) {
        sound = false;
        problems.accept(file + ":" + line + ": " + what);
    }
}
