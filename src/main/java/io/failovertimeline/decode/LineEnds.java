package io.failovertimeline.decode;

/** A record ends with LF. */
final class LineEnds implements Framing.Ends {

    @Override
    public int next(byte[] bytes, int from, int to) {
        int feed = feed(bytes, from, to);
        return feed < to ? feed + 1 : -1;
    }

    /** Where in {@code bytes} the first LF from {@code from} on stands; {@code to} if there is none before it. */
    static int feed(byte[] bytes, int from, int to) {
        return Words.find('\n', bytes, from, to);
    }
}
