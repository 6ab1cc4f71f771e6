package io.failovertimeline.recognize;

/**
 * A text of which only so many characters may be read. A regular expression asks for them one by one, and asks again each time
 * it goes back, so this ends a match that would take for ever; at the same point on every machine.
 */
final class BoundedText implements CharSequence {

    /** Characters that one match may read; an ordinary entry reads a few thousand. */
    static final int READS = 1_000_000;

    private final String text;
    private int left = READS;

    BoundedText(String text) {
        this.text = text;
    }

    @Override
    public char charAt(int index) {
        if (left-- <= 0) {
            throw new Exhausted();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }

    /** A match took too long or went too deep. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Exhausted() {
            super("a match read " + READS + " characters and found no end", null, false, false);
        }

        Exhausted(StackOverflowError deepRecursion) {
            super("a match went too deep", deepRecursion, false, false);
        }
    }
}
