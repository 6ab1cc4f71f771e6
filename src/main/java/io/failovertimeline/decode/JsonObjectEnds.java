package io.failovertimeline.decode;

/** An object ends where a line that ends with its brace is followed by one that begins with a brace: nowhere inside of JSON. */
final class JsonObjectEnds implements Framing.Ends {

    private byte last;
    private boolean isNewLine;

    @Override
    public int next(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            byte character = bytes[at];
            if (isNewLine && last == '}' && character == '{') {
                isNewLine = false;
                last = 0;
                return at;
            }
            boolean isBlank = character == '\n' || character == '\r';
            isNewLine = isBlank && (isNewLine || character == '\n');
            last = isBlank ? last : character;
        }
        return -1;
    }
}
