package io.failovertimeline.decode;

/** A record goes on as long as lines begin with a blank. */
final class VerboseEnds implements Framing.Ends {

    private boolean hasLine;
    private boolean atLineStart = true;

    @Override
    public int next(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (atLineStart && hasLine && bytes[at] != ' ') {
                hasLine = false;
                return at;
            }
            hasLine = true;
            int feed = LineEnds.feed(bytes, at, to);
            atLineStart = feed < to;
            at = feed + 1;
        }
        return -1;
    }
}
