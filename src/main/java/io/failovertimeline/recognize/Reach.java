package io.failovertimeline.recognize;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out where a message stops being what an expression wants. A match that fails without having looked beyond a text's end fails
 * for every longer text too; so the longest beginning for which it did look there is found by halving.
 */
final class Reach {

    private final Pattern expression;
    private final String message;

    private Reach(Pattern expression, String message) {
        this.expression = expression;
        this.message = message;
    }

    /**
     * How many characters from the first on begin something that {@code expression} matches as a whole.
     *
     * @throws BoundedText.Exhausted if that could not be found out in bounded time
     */
    static int of(Pattern expression, String message) {
        return new Reach(expression, message).longest();
    }

    private int longest() {
        int fits = 0;
        int tooLong = message.length() + 1;
        while (tooLong - fits > 1) {
            int middle = (fits + tooLong) >>> 1;
            if (fits(middle)) {
                fits = middle;
            } else {
                tooLong = middle;
            }
        }
        return fits;
    }

    private boolean fits(int length) {
        Matcher matcher = expression.matcher(new BoundedText(message.substring(0, length)));
        try {
            return matcher.matches() || matcher.hitEnd();
        } catch (StackOverflowError deepRecursion) {
            throw new BoundedText.Exhausted(deepRecursion);
        }
    }
}
