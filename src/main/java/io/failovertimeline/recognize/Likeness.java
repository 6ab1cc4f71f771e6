package io.failovertimeline.recognize;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** How much two messages have in common: of their words, without those that hold a digit and so are names or numbers. */
final class Likeness {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\d]+");

    private final Set<String> words;

    Likeness(String message) {
        this.words = words(message);
    }

    /** From 0, nothing, to 1, all. */
    double to(String other) {
        Set<String> others = words(other);
        int all = words.size() + others.size();
        others.retainAll(words);
        return all == 0 ? 0 : 2.0 * others.size() / all;
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        for (String word : BETWEEN_WORDS.split(text, -1)) {
            if (!word.isEmpty() && word.chars().noneMatch(Character::isDigit)) {
                words.add(word);
            }
        }
        return words;
    }
}
