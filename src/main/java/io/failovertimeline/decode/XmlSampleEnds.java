package io.failovertimeline.decode;

/**
 * A record ends behind the begin of the root element, and then behind each element that stands in the root. Knows as much of XML as it takes
 * for that: quotes, comments, CDATA and declarations.
 */
final class XmlSampleEnds implements Framing.Ends {

    private enum In {
        TEXT,
        /** Behind {@code <}. */
        OPENED,
        /** An element's tag. */
        TAG,
        /** A value in a tag. */
        QUOTED,
        /** Behind {@code <!} or {@code <?}. */
        DECLARATION,
        COMMENT,
        CDATA
    }

    private static final int THREE_BYTES = 0xffffff;
    private static final int COMMENT_BEGIN = threeBytes("!--");
    private static final int COMMENT_END = threeBytes("-->");
    private static final int CDATA_BEGIN = threeBytes("![C");
    private static final int CDATA_END = threeBytes("]]>");

    private In in = In.TEXT;
    private byte quote;
    /** Whether the tag is an element's end. */
    private boolean isEnd;
    /** The last three bytes behind {@code <}. */
    private int last;

    /** Open elements. */
    private int depth;

    private static int threeBytes(String text) {
        return text.charAt(0) << 16 | text.charAt(1) << 8 | text.charAt(2);
    }

    @Override
    public int next(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            last = (last << Byte.SIZE | (bytes[at] & 0xff)) & THREE_BYTES;
            boolean isTag = in == In.TAG && bytes[at] == '>';
            boolean isEmpty = isTag && !isEnd && (last >> Byte.SIZE & 0xff) == '/';
            in = behind(bytes[at]);
            if (isTag) {
                depth += isEmpty ? 0 : isEnd ? -1 : 1;
                boolean isBegin = !isEnd && !isEmpty;
                if (isBegin ? depth == 1 : depth <= 1) {
                    return at + 1;
                }
            }
        }
        return -1;
    }

    private In behind(byte character) {
        return switch (in) {
            case TEXT -> character == '<' ? In.OPENED : In.TEXT;
            case OPENED -> opened(character);
            case TAG -> tag(character);
            case QUOTED -> character == quote ? In.TAG : In.QUOTED;
            case DECLARATION ->
                last == COMMENT_BEGIN
                        ? In.COMMENT
                        : last == CDATA_BEGIN ? In.CDATA : character == '>' ? In.TEXT : In.DECLARATION;
            case COMMENT -> last == COMMENT_END ? In.TEXT : In.COMMENT;
            case CDATA -> last == CDATA_END ? In.TEXT : In.CDATA;
        };
    }

    private In opened(byte character) {
        last = character;
        isEnd = character == '/';
        return character == '!' || character == '?' ? In.DECLARATION : In.TAG;
    }

    private In tag(byte character) {
        boolean isQuote = character == '"' || character == '\'';
        quote = isQuote ? character : quote;
        return isQuote ? In.QUOTED : character == '>' ? In.TEXT : In.TAG;
    }
}
