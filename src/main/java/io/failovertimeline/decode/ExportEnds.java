package io.failovertimeline.decode;

/** An entry of a journal export ends with an empty line; counted bytes are passed over, whatever they are. */
final class ExportEnds implements Framing.Ends {

    /** The journal's own bound on a field; a greater length is no length. */
    private static final long LONGEST_VALUE = 1L << 30;

    private long lineLength;
    private boolean isName = true;
    private int lengthBytes = Long.BYTES;
    private long length;
    /** Bytes of a value, and of the LF behind it, that are still to come. */
    private long toPass;

    @Override
    public int next(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (toPass > 0) {
                int passed = (int) Math.min(toPass, to - at);
                toPass -= passed;
                at += passed;
            } else if (lengthBytes < Long.BYTES) {
                length |= (bytes[at] & 0xffL) << (Byte.SIZE * lengthBytes);
                lengthBytes++;
                at++;
                toPass = lengthBytes == Long.BYTES && length >= 0 && length <= LONGEST_VALUE ? length + 1 : 0;
            } else {
                at = line(bytes, at, to);
                if (at < 0) {
                    return ~at;
                }
            }
        }
        return -1;
    }

    /** Reads on in a line; the complement of where the next entry begins if the line was empty. */
    private int line(byte[] bytes, int from, int to) {
        int feed = LineEnds.feed(bytes, from, to);
        for (int i = from; i < feed && isName; i++) {
            isName = JournalExport.isNameCharacter(bytes[i]);
        }
        lineLength += feed - from;
        if (feed == to) {
            return to;
        }
        boolean isEmpty = lineLength == 0;
        if (!isEmpty && isName) {
            lengthBytes = 0;
            length = 0;
        }
        lineLength = 0;
        isName = true;
        return isEmpty ? ~(feed + 1) : feed + 1;
    }
}
