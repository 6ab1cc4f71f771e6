package io.failovertimeline.recognize;

import io.failovertimeline.model.LogLine;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells why a line is recognized, or why not. It tries every entry of a component, and so is slower than {@link Recognizer}. */
public final class Explainer {

    /** The cluster of a line makes no difference to what the catalog says. */
    private static final String ANY_CLUSTER = "";

    /** Fewer words in common than this, and no literal, and an entry is about something else. */
    private static final double LIKE = 0.4;

    private static final int MOST_NEAREST = 3;

    private final Recognizer recognizer;
    private final List<Rule> rules;

    /** Explains by the entries of {@code catalog}. */
    public Explainer(Catalog catalog) {
        this.recognizer = new Recognizer(catalog);
        this.rules = catalog.rules();
    }

    /** Why {@code line} is what {@link Recognizer#recognize} says it is. */
    public Verdict explain(LogLine line) {
        String message = Recognizer.cut(line.message());
        Optional<Verdict.Taken> taken = recognizer
                .recognize(line, ANY_CLUSTER)
                .match(
                        significant -> Optional.of(significant
                                .evidence()
                                .match(
                                        event -> taken(event.rule(), message, Verdict.Meaning.EVENT),
                                        mark -> taken(mark.rule(), message, Verdict.Meaning.MARK),
                                        settings -> notFromALine(settings.toString()),
                                        load -> notFromALine(load.toString()))),
                        noise -> Optional.of(known(noise.rule(), message)),
                        Optional::empty);
        return taken.isPresent()
                ? new Verdict(taken, List.of(), List.of())
                : new Verdict(taken, nearest(line, message), fromOthers(message));
    }

    private Verdict.Taken known(String id, String message) {
        boolean meansNothing = rule(id).entry().isNoise();
        return taken(id, message, meansNothing ? Verdict.Meaning.NOISE : Verdict.Meaning.NEEDS_TIME);
    }

    private Verdict.Taken taken(String id, String message, Verdict.Meaning meaning) {
        Rule rule = rule(id);
        return new Verdict.Taken(rule.entry(), fields(rule, message).orElseGet(TreeMap::new), meaning);
    }

    private static Verdict.Taken notFromALine(String evidence) {
        throw new IllegalStateException("recognition made of a line what no line can prove: " + evidence);
    }

    private Rule rule(String id) {
        return rules.stream()
                .filter(rule -> rule.entry().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<Attempt> nearest(LogLine line, String message) {
        Likeness likeness = new Likeness(message);
        return rules.stream()
                .filter(rule -> rule.entry().components().contains(line.component()))
                .map(rule -> attempt(rule, message, likeness))
                .filter(attempt -> attempt.holdsLiteral() || attempt.likeness() >= LIKE)
                .sorted(Attempt.NEAREST_FIRST)
                .limit(MOST_NEAREST)
                .toList();
    }

    private static Attempt attempt(Rule rule, String message, Likeness likeness) {
        Entry entry = rule.entry();
        String closest = entry.examples().get(0);
        for (String example : entry.examples()) {
            closest = likeness.to(example) > likeness.to(closest) ? example : closest;
        }
        return new Attempt(entry, entry.mayMatch(message), reach(rule, message), likeness.to(closest), closest);
    }

    private static OptionalInt reach(Rule rule, String message) {
        try {
            return OptionalInt.of(rule.reach(message));
        } catch (BoundedText.Exhausted endless) {
            return OptionalInt.empty();
        }
    }

    private List<Entry> fromOthers(String message) {
        return rules.stream()
                .filter(rule -> rule.entry().mayMatch(message))
                .filter(rule -> fields(rule, message).isPresent())
                .map(Rule::entry)
                .limit(MOST_NEAREST)
                .toList();
    }

    private static Optional<SortedMap<String, String>> fields(Rule rule, String message) {
        try {
            return rule.fields(message);
        } catch (BoundedText.Exhausted endless) {
            return Optional.empty();
        }
    }
}
