package io.failovertimeline.decode;

/** A record has its length in front; LF before that belongs to it. What begins with no length ends with its line. */
final class CountedEnds implements Framing.Ends {

    private static final int MOST_DIGITS = 7;

    private int digits;
    private int count;
    private int toPass;
    private boolean isLine;

    @Override
    public int next(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (toPass > 0) {
                int passed = Math.min(toPass, to - at);
                toPass -= passed;
                at += passed;
                if (toPass == 0) {
                    return at;
                }
            } else if (isLine) {
                int feed = LineEnds.feed(bytes, at, to);
                isLine = feed == to;
                at = feed + 1;
                if (!isLine) {
                    return at;
                }
            } else {
                length(bytes[at]);
                at += isLine ? 0 : 1;
            }
        }
        return -1;
    }

    private void length(byte character) {
        if (character >= '0' && character <= '9' && digits < MOST_DIGITS) {
            count = count * 10 + (character - '0');
            digits++;
        } else if (digits > 0 || (character != '\n' && character != '\r')) {
            toPass = digits > 0 && character == ' ' ? count : 0;
            isLine = toPass == 0;
            digits = 0;
            count = 0;
        }
    }
}
