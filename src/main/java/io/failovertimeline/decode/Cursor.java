package io.failovertimeline.decode;

/** A place in a text that moves forward as parts of it are taken; it stays where it is when a part is not there. */
final class Cursor {

    private final String text;
    private int at;

    Cursor(String text, int at) {
        this.text = text;
        this.at = at;
    }

    int at() {
        return at;
    }

    void moveTo(int place) {
        at = place;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    /** The next character; {@code '\0'} at the end. */
    char peek() {
        return peek(0);
    }

    /** The character {@code ahead} places on; {@code '\0'} beyond the end. */
    char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
    }

    boolean take(char wanted) {
        if (peek() != wanted || atEnd()) {
            return false;
        }
        at++;
        return true;
    }

    boolean take(String wanted) {
        if (!text.startsWith(wanted, at)) {
            return false;
        }
        at += wanted.length();
        return true;
    }

    /** The number written with exactly {@code digits} digits, whatever follows; -1 if it is not there. */
    int number(int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            char digit = peek(i);
            if (!isDigit(digit)) {
                return -1;
            }
            value = value * 10 + (digit - '0');
        }
        at += digits;
        return value;
    }

    void blanks() {
        while (peek() == ' ') {
            at++;
        }
    }

    /** Everything up to the next blank or the end. */
    String word() {
        int end = text.indexOf(' ', at);
        String word = text.substring(at, end < 0 ? text.length() : end);
        at += word.length();
        return word;
    }

    String rest() {
        return text.substring(Math.min(at, text.length()));
    }

    static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    static boolean isLetter(char character) {
        return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z');
    }
}
