package io.failovertimeline.recognize;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What comes of trying every entry of a catalog on every example. Unlike {@link Catalog#with} it goes on where entries are bad.
 *
 * @param entries how many entries are sound enough to be tried
 * @param examples how many examples these have
 * @param problems every problem, each as {@code file:line: what is wrong}; a catalog with any can't be used
 * @param overlaps examples that an entry of the user's and another both match, so that their order decides; no problem, but worth a look
 */
public record CatalogCheck(int entries, int examples, List<String> problems, List<Overlap> overlaps) {

    /** So often an example is broken off, and so long its last character then goes on. */
    private static final int BREAKS = 40;

    private static final int DRAG = 1000;

    public CatalogCheck {
        problems = List.copyOf(problems);
        overlaps = List.copyOf(overlaps);
    }

    /**
     * A message that two entries match and read differently.
     *
     * @param taker the entry that is tried first and so takes it
     * @param other the entry that would have taken it
     * @param owner which of the two has it among its examples
     * @param example the message
     */
    public record Overlap(Entry taker, Entry other, Entry owner, String example) {}

    /** Checks what comes with the program, and the entries of {@code directories}. */
    public static CatalogCheck of(Collection<Path> directories) {
        CatalogReader reader = new CatalogReader();
        directories.forEach(reader::readDirectory);
        Set<Entry> added = new HashSet<>(reader.entries());
        reader.readBuiltIn();
        Groks groks = new Groks(reader.definitions());
        List<String> problems = new ArrayList<>(reader.problems());
        List<Rule> rules = new ArrayList<>();
        for (Entry entry : reader.entries()) {
            Rule rule = new Rule(entry, groks);
            List<String> its = rule.problems();
            problems.addAll(its);
            if (its.isEmpty()) {
                rules.add(rule);
                endless(rule).ifPresent(problems::add);
            }
        }
        List<Overlap> overlaps = new ArrayList<>();
        for (Overlap overlap : overlaps(rules)) {
            boolean onPurpose = added.contains(overlap.taker()) && !added.contains(overlap.other());
            if (overlap.owner().equals(overlap.other()) && !onPurpose) {
                problems.add(overlap.other().place() + ": " + overlap.other().id() + " never gets its example, which "
                        + overlap.taker().id() + " (" + overlap.taker().place() + ") takes: " + overlap.example());
            } else {
                overlaps.add(overlap);
            }
        }
        int examples =
                rules.stream().mapToInt(rule -> rule.entry().examples().size()).sum();
        return new CatalogCheck(rules.size(), examples, problems, overlaps);
    }

    /** Tries a sound entry on its examples broken off and dragged out, which is what nested repetitions take for ever with. */
    private static Optional<String> endless(Rule rule) {
        Entry entry = rule.entry();
        for (String example : entry.examples()) {
            int step = 1 + example.length() / BREAKS;
            for (int at = 1; at <= example.length(); at += step) {
                String dragged =
                        example.substring(0, at) + example.substring(at - 1, at).repeat(DRAG) + '\u0001';
                if (rule.isEndlessOn(dragged)) {
                    return Optional.of(
                            entry.place() + ": " + entry.id() + " takes too long, and would be given up, on: "
                                    + example.substring(0, at) + "… with the last character " + DRAG
                                    + " times more; write it without nested repetitions");
                }
            }
        }
        return Optional.empty();
    }

    private static List<Overlap> overlaps(List<Rule> rules) {
        List<Overlap> overlaps = new ArrayList<>();
        for (int first = 0; first < rules.size(); first++) {
            for (int second = first + 1; second < rules.size(); second++) {
                Rule taker = rules.get(first);
                Rule other = rules.get(second);
                if (!isSameReading(taker.entry(), other.entry())) {
                    taker.entry().examples().stream()
                            .filter(other::takes)
                            .map(example -> new Overlap(taker.entry(), other.entry(), taker.entry(), example))
                            .forEach(overlaps::add);
                }
                other.entry().examples().stream()
                        .filter(example -> mayMeet(taker.entry(), other.entry()) && taker.takes(example))
                        .map(example -> new Overlap(taker.entry(), other.entry(), other.entry(), example))
                        .forEach(overlaps::add);
            }
        }
        return overlaps;
    }

    /** Whether it makes no difference which of the two takes a message, or no message comes to both. */
    private static boolean isSameReading(Entry one, Entry other) {
        return !mayMeet(one, other)
                || (one.kinds().equals(other.kinds()) && one.set().equals(other.set()));
    }

    private static boolean mayMeet(Entry one, Entry other) {
        return one.components().stream().anyMatch(other.components()::contains);
    }
}
