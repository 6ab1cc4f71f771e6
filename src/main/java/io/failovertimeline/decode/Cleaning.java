package io.failovertimeline.decode;

import java.util.Optional;

/**
 * Takes off what copying, colouring and quoting put around a line: a byte order mark, terminal colours, non-breaking blanks,
 * indentation by blanks, Markdown's {@code > }, list bullets and backticks, the {@code data: } of a server-sent event.
 */
final class Cleaning {

    private static final char ESCAPE = '\u001b';
    private static final char BELL = '\u0007';

    private Cleaning() {}

    /** The line without these; empty if it has none of them. */
    static Optional<String> of(String line) {
        String clean = withoutColours(line).replace('\u00a0', ' ').strip();
        String before;
        do {
            before = clean;
            clean = withoutMark(clean);
        } while (!before.equals(clean));
        return clean.equals(line) || line.startsWith("\t") ? Optional.empty() : Optional.of(clean);
    }

    private static String withoutMark(String line) {
        for (String mark : new String[] {"\uFEFF", "\u001e", "> ", "- ", "* ", "data: "}) {
            if (line.startsWith(mark)) {
                return line.substring(mark.length()).stripLeading();
            }
        }
        if (line.startsWith("`")) {
            String inside = line.substring(1);
            return inside.endsWith("`") ? inside.substring(0, inside.length() - 1) : inside;
        }
        return line;
    }

    /** {@code text} without terminal control sequences. */
    static String withoutColours(String text) {
        if (text.indexOf(ESCAPE) < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            if (text.charAt(i) == ESCAPE) {
                i = endOfSequence(text, i + 1);
            } else {
                plain.append(text.charAt(i++));
            }
        }
        return plain.toString();
    }

    private static int endOfSequence(String text, int start) {
        int i = start;
        if (i < text.length() && text.charAt(i) == '[') {
            i++;
            while (i < text.length() && text.charAt(i) >= ' ' && text.charAt(i) <= '?') {
                i++;
            }
            return Math.min(i + 1, text.length());
        }
        if (i < text.length() && text.charAt(i) == ']') {
            int end = text.indexOf(BELL, i);
            return end < 0 ? text.length() : end + 1;
        }
        return Math.min(i + 1, text.length());
    }
}
