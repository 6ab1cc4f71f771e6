package io.failovertimeline.decode.load;

/** Text from outside that will be kept and written on: of limited length, and always writable as UTF-8. */
final class BoundedText {

    private static final int MOST_CHARS = 200;

    private BoundedText() {}

    /** {@code text}, cut to 200 characters, with half surrogate pairs replaced. */
    static String of(String text) {
        return of(text, MOST_CHARS);
    }

    /** {@code text}, cut to {@code most} characters, with half surrogate pairs replaced. */
    static String of(String text, int most) {
        int end = Math.min(text.length(), most);
        if (end < text.length() && end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        for (int i = 0; i < end; i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return wellFormed(text, end);
            }
        }
        return end == text.length() ? text : text.substring(0, end);
    }

    private static String wellFormed(String text, int end) {
        StringBuilder out = new StringBuilder(end);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                out.append(c).append(text.charAt(++i));
            } else {
                out.append(Character.isSurrogate(c) ? '\uFFFD' : c);
            }
        }
        return out.toString();
    }
}
