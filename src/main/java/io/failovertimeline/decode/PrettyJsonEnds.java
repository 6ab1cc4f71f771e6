package io.failovertimeline.decode;

/** An object ends with a line that begins with its closing brace; a line outside of an object is a record of its own. */
final class PrettyJsonEnds implements Framing.Ends {

    private boolean isInside;
    private byte first;
    private long lineLength;

    @Override
    public int next(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (lineLength == 0) {
                first = bytes[at];
                if (isInside && first == '{') {
                    isInside = false; // the object before was cut off
                    return at;
                }
            }
            int feed = LineEnds.feed(bytes, at, to);
            lineLength += feed - at;
            if (feed == to) {
                return -1;
            }
            boolean opens = !isInside && first == '{' && lineLength <= 2;
            boolean closes = isInside && first == '}';
            boolean wasInside = isInside;
            isInside = opens || (isInside && !closes);
            lineLength = 0;
            at = feed + 1;
            if (closes || (!wasInside && !opens)) {
                return at;
            }
        }
        return -1;
    }
}
