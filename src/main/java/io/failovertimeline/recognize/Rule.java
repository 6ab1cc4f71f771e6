package io.failovertimeline.recognize;

import io.krakens.grok.api.Grok;
import io.krakens.grok.api.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An entry that can be tried on messages. Its grok is compiled when it is first needed. */
final class Rule {

    /** The name that java-grok's own patterns give to groups nobody wants. */
    private static final String UNWANTED = "UNWANTED";

    /** What an expression may say of digits without telling one from another: how often, all of them, and names of groups. */
    private static final Pattern OF_ALL_DIGITS = Pattern.compile("\\{\\d+(?:,\\d*)?\\}|0-9|\\(\\?<[A-Za-z]\\w*>");

    private static final Pattern DIGIT = Pattern.compile("\\d");

    private final Entry entry;
    private final Groks groks;
    private volatile @Nullable Grok compiled;

    Rule(Entry entry, Groks groks) {
        this.entry = entry;
        this.groks = groks;
    }

    Entry entry() {
        return entry;
    }

    /**
     * The fields of {@code message}, with those the entry sets; empty if it does not match.
     *
     * @throws BoundedText.Exhausted if that could not be found out in bounded time
     * @throws IllegalArgumentException if the grok can't be compiled
     */
    Optional<SortedMap<String, String>> fields(String message) {
        Grok grok = grok();
        Match match;
        try {
            match = grok.match(new BoundedText(message));
        } catch (StackOverflowError deepRecursion) {
            throw new BoundedText.Exhausted(deepRecursion);
        }
        return Boolean.TRUE.equals(match.isNull()) ? Optional.empty() : Optional.of(captured(grok, match.getMatch()));
    }

    /** Whether a message is this entry's, were there no other; one that takes too long is not. */
    boolean takes(String message) {
        try {
            return entry.mayMatch(message) && fields(message).isPresent();
        } catch (BoundedText.Exhausted endless) {
            return false;
        }
    }

    /** Whether it is given up on {@code message}. */
    boolean isEndlessOn(String message) {
        try {
            fields(message);
            return false;
        } catch (BoundedText.Exhausted endless) {
            return true;
        }
    }

    /** As {@link Reach#of} tells it for the grok; throws as {@link #fields} does. */
    int reach(String message) {
        return Reach.of(Pattern.compile(grok().getNamedRegex()), message);
    }

    /** What is wrong with the entry, each as {@code file:line: what}: its grok is no expression, or does not match its examples. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        try {
            for (String example : entry.examples()) {
                if (fields(example).isEmpty()) {
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

    /**
     * Whether it matches a message or not whatever digits stand in it, as long as each is replaced by one digit: its expression names
     * none.
     */
    boolean isDigitBlind() {
        String expression = grok().getNamedRegex();
        return !DIGIT.matcher(OF_ALL_DIGITS.matcher(expression).replaceAll("")).find();
    }

    private SortedMap<String, String> captured(Grok grok, Matcher matcher) {
        SortedMap<String, String> fields = new TreeMap<>();
        for (String group : grok.namedGroups) {
            @Nullable String value = matcher.group(group);
            @Nullable String field = grok.getNamedRegexCollectionById(group);
            if (value != null && !value.isEmpty() && !UNWANTED.equals(field)) {
                fields.putIfAbsent(field == null ? group : field, value);
            }
        }
        fields.putAll(entry.set());
        return fields;
    }

    private Grok grok() {
        Grok known = compiled;
        if (known == null) {
            known = groks.wholeText(entry.grok());
            compiled = known;
        }
        return known;
    }
}
