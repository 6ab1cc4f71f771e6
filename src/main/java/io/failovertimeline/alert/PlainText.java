package io.failovertimeline.alert;

/** Makes text of logs fit for messages: one line, bounded, nothing in it that a terminal or a chat would obey. */
final class PlainText {

    static final int LONGEST_LINE = 300;
    static final int LONGEST_SENTENCE = 600;

    private PlainText() {}

    static String line(String text) {
        return bounded(text, LONGEST_LINE);
    }

    static String sentence(String text) {
        return bounded(text, LONGEST_SENTENCE);
    }

    private static String bounded(String text, int longest) {
        StringBuilder plain = new StringBuilder();
        int at = 0;
        while (at < text.length() && plain.length() < longest) {
            int point = text.codePointAt(at);
            plain.appendCodePoint(isHarmless(point) ? point : ' ');
            at += Character.charCount(point);
        }
        return at < text.length() ? plain.append('…').toString() : plain.toString();
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            // Among the format characters are those that turn the direction of writing.
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE -> false;
            default -> true;
        };
    }
}
