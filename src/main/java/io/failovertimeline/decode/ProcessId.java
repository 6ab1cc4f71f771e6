package io.failovertimeline.decode;

import java.util.OptionalLong;

/** Process ids in texts. */
final class ProcessId {

    /** Linux has none above 2<sup>22</sup>; a longer number is of something else. */
    private static final int MOST_DIGITS = 10;

    private ProcessId() {}

    /** The id that {@code text} is; empty if it is no number, or no process can have it. */
    static OptionalLong of(String text) {
        return of(text, 0, text.length());
    }

    /** The id in {@code text} from {@code from} up to, not including, {@code to}. */
    static OptionalLong of(String text, int from, int to) {
        if (to <= from || to - from > MOST_DIGITS) {
            return OptionalLong.empty();
        }
        long id = 0;
        for (int i = from; i < to; i++) {
            char digit = text.charAt(i);
            if (!Cursor.isDigit(digit)) {
                return OptionalLong.empty();
            }
            id = id * 10 + (digit - '0');
        }
        return OptionalLong.of(id);
    }

    /** The first id in brackets, {@code [626]} or {@code [626-3]}, in {@code text} from {@code from} up to {@code to}. */
    static OptionalLong inBrackets(String text, int from, int to) {
        for (int open = text.indexOf('[', from); open >= 0 && open < to; open = text.indexOf('[', open + 1)) {
            int end = open + 1;
            while (end < to && Cursor.isDigit(text.charAt(end))) {
                end++;
            }
            if (end < to && (text.charAt(end) == ']' || text.charAt(end) == '-') && end > open + 1) {
                return of(text, open + 1, end);
            }
        }
        return OptionalLong.empty();
    }
}
