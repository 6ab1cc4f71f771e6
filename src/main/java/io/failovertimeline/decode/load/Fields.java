package io.failovertimeline.decode.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The fields of a row, as slices of its bytes. One of these is reused for all rows of a source, so that a row costs no text but of the
 * fields that are asked for. Fields count from 0; one that the row does not have is empty.
 */
final class Fields {

    /** What became of a row. */
    enum Split {
        WHOLE,
        /** A quoted field does not end in it: the next line goes on with it. */
        OPEN,
        /** There is something behind a quoted field's end. */
        BROKEN
    }

    private byte[] bytes = new byte[0];
    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private int count;
    private boolean hasQuotes;

    /** Takes the fields of {@code line}, of which any may be in double quotes. */
    Split csv(RawLine line, char delimiter) {
        return split(line.bytes(), line.from(), line.to(), delimiter, true);
    }

    /** Takes the fields of {@code line}, where quotes mean nothing. */
    void plain(RawLine line, char delimiter) {
        plain(line.bytes(), line.from(), line.to(), delimiter);
    }

    /** Takes the fields of {@code line} from {@code from}, inclusive, to {@code to}, exclusive, where quotes mean nothing. */
    void plain(byte[] line, int from, int to, char delimiter) {
        split(line, from, to, delimiter, false);
    }

    private Split split(byte[] line, int from, int end, char delimiter, boolean quoting) {
        bytes = line;
        count = 0;
        hasQuotes = false;
        int start = from;
        for (int at = start; at < end; at++) {
            byte character = bytes[at];
            if (character == delimiter) {
                add(start, at);
                start = at + 1;
            } else if (quoting && character == '"' && at == start) {
                int close = closingQuote(at + 1, end);
                if (close < 0) {
                    return Split.OPEN;
                }
                if (close + 1 < end && bytes[close + 1] != delimiter) {
                    return Split.BROKEN;
                }
                hasQuotes = true;
                add(start, close + 1);
                if (close + 1 == end) {
                    return Split.WHOLE;
                }
                at = close + 1;
                start = at + 1;
            }
        }
        add(start, end);
        return Split.WHOLE;
    }

    private int closingQuote(int from, int end) {
        for (int at = from; at < end; at++) {
            if (bytes[at] == '"') {
                if (at + 1 < end && bytes[at + 1] == '"') {
                    at++;
                } else {
                    return at;
                }
            }
        }
        return -1;
    }

    private void add(int start, int end) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
        }
        starts[count] = start;
        ends[count] = end;
        count++;
    }

    /** How many there are. */
    int count() {
        return count;
    }

    /** A field's text, without its quotes; malformed UTF-8 is replaced. */
    String text(int field) {
        if (field < 0 || field >= count) {
            return "";
        }
        int from = starts[field];
        int to = ends[field];
        if (hasQuotes && from < to && bytes[from] == '"') {
            return new String(bytes, from + 1, to - from - 2, StandardCharsets.UTF_8).replace("\"\"", "\"");
        }
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** Where a field begins, with its quotes. */
    int from(int field) {
        return field < 0 || field >= count ? 0 : starts[field];
    }

    /** Where it ends, exclusive. */
    int to(int field) {
        return field < 0 || field >= count ? 0 : ends[field];
    }

    /** Leaves so many of a field's bytes out at its front and at its back. */
    void narrow(int field, int front, int back) {
        starts[field] += front;
        ends[field] -= back;
    }

    /** Whether {@code ascii} stands at {@code index} in a field. */
    boolean isAt(int field, int index, char ascii) {
        int at = from(field) + index;
        return at < to(field) && bytes[at] == ascii;
    }

    /** Whether a field consists of {@code ascii}, without quotes. */
    boolean is(int field, byte[] ascii) {
        return Arrays.equals(bytes, from(field), to(field), ascii, 0, ascii.length);
    }

    /** Whether a field consists of {@code least} to {@code most} digits. */
    boolean isNumber(int field, int least, int most) {
        int length = to(field) - from(field);
        if (length < least || length > most) {
            return false;
        }
        for (int at = from(field); at < to(field); at++) {
            if (bytes[at] < '0' || bytes[at] > '9') {
                return false;
            }
        }
        return true;
    }

    /** A number of at most 18 digits; -1 if the field is none. */
    long number(int field) {
        if (!isNumber(field, 1, 18)) {
            return -1;
        }
        long number = 0;
        for (int at = from(field); at < to(field); at++) {
            number = number * 10 + bytes[at] - '0';
        }
        return number;
    }
}
