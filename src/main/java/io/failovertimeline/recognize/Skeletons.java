package io.failovertimeline.recognize;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.EventKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Entries to begin with, each made of one message: it compiles, matches that message and others like it, and calls them noise until
 * somebody says what they prove.
 */
public final class Skeletons {

    /** The shortest literal that the program's own catalog has; a shorter one makes the search for literals slower. */
    private static final int LONG_ENOUGH = 7;

    private static final Pattern PLAIN = Pattern.compile("[ !#-\\[\\]-~]+");
    private static final Pattern WORD = Pattern.compile("[A-Za-z]+");
    private static final Pattern SEVERITY = Pattern.compile("(?:LOG|INFO|NOTICE|WARNING|ERROR|FATAL|PANIC):  ");
    private static final int WORDS_OF_ID = 5;

    private final Catalog catalog;
    private final Templates templates;
    private final List<Rule> made = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    /**
     * Writes entries that leave open what {@code templates} takes out.
     *
     * @param catalog whose definitions may be used
     */
    public Skeletons(Catalog catalog, Templates templates) {
        this.catalog = catalog;
        this.templates = templates;
    }

    /**
     * The entry for {@code message} as YAML, with a line end.
     *
     * @return a comment instead, if one made before takes the message, or if no text in it could be a literal
     */
    public String yaml(Component component, String message) {
        for (Rule earlier : made) {
            if (earlier.entry().components().contains(component) && earlier.takes(message)) {
                return "# " + earlier.entry().id() + " takes it too.\n";
            }
        }
        Matcher severity = SEVERITY.matcher(message);
        boolean hasSeverity = component == Component.POSTGRESQL && severity.lookingAt();
        List<Templates.Part> parts = templates.parts(hasSeverity ? message.substring(severity.end()) : message);
        String grok = (hasSeverity ? "%{SEVERITY}" : "")
                + parts.stream().map(Templates.Part::grok).collect(Collectors.joining())
                + (message.length() >= Templates.LONGEST ? ".*" : "");
        return literal(parts)
                .map(literal -> yaml(remembered(new Entry(
                        id(component, parts),
                        Set.of(component),
                        List.of(literal),
                        grok,
                        List.of(EventKind.NOISE),
                        new TreeMap<>(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(message),
                        ""))))
                .orElse("# No entry can be made of it: it holds no text long enough for a literal.\n");
    }

    private Entry remembered(Entry entry) {
        made.add(catalog.rule(entry));
        return entry;
    }

    private static String yaml(Entry entry) {
        String component =
                entry.components().stream().map(Skeletons::name).findFirst().orElseThrow();
        return String.format(
                Locale.ROOT,
                """
                - id: %s
                  component: %s
                  literal: %s
                  grok: %s
                  kinds: [NOISE]
                  examples:
                    - %s
                """,
                entry.id(),
                component,
                text(entry.literals().get(0)),
                text(entry.grok()),
                text(entry.examples().get(0)));
    }

    /** The longest text that stands there always and is written the same everywhere. */
    private static Optional<String> literal(List<Templates.Part> parts) {
        return parts.stream()
                .filter(part -> part.variable().isEmpty())
                .flatMap(part -> PLAIN.matcher(part.text()).results())
                .map(MatchResult::group)
                .filter(literal -> WORD.matcher(literal).find())
                .reduce((longest, other) -> other.length() > longest.length() ? other : longest)
                .filter(literal -> literal.length() >= LONG_ENOUGH);
    }

    private String id(Component component, List<Templates.Part> parts) {
        String words = parts.stream()
                .filter(part -> part.variable().isEmpty())
                .flatMap(part -> WORD.matcher(part.text()).results())
                .limit(WORDS_OF_ID)
                .map(word -> word.group().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("-"));
        String id = "own." + name(component) + "." + words;
        String unique = id;
        for (int number = 2; !ids.add(unique); number++) {
            unique = id + "-" + number;
        }
        return unique;
    }

    private static String name(Component component) {
        return component.name().toLowerCase(Locale.ROOT);
    }

    /** As YAML writes a text: in single quotes, or, where it holds what these can't, in double ones. */
    private static String text(String text) {
        boolean isPrintable = text.codePoints()
                .noneMatch(character -> Character.isISOControl(character)
                        || Character.getType(character) == Character.FORMAT
                        || Character.getType(character) == Character.SURROGATE);
        return isPrintable ? "'" + text.replace("'", "''") + "'" : escaped(text);
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"' || character == '\\') {
                escaped.append('\\').append(character);
            } else if (character < ' ' || character > '~') {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
            } else {
                escaped.append(character);
            }
        }
        return escaped.append('"').toString();
    }
}
