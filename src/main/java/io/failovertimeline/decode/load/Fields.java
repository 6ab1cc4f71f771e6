package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Words;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The fields of a record of any format, as slices of its bytes. One of these is reused for all records of a source, so that one costs
 * no text but of the fields that are asked for. Fields count from 0; one that the record does not have is empty.
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

    private enum Quotes {
        NONE,
        AROUND,
        /** Around it, and doubled within. */
        WITHIN
    }

    private byte[] bytes = new byte[0];
    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private Quotes[] quotes = new Quotes[32];
    private int count;

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
        int start = from;
        while (true) {
            int stop;
            if (quoting && start < end && line[start] == '"') {
                stop = closingQuote(start + 1, end) + 1;
                if (stop <= 0) {
                    return Split.OPEN;
                }
                if (stop < end && line[stop] != delimiter) {
                    return Split.BROKEN;
                }
            } else {
                stop = Words.find(delimiter, line, start, end);
                add(start, stop, Quotes.NONE);
            }
            if (stop == end) {
                return Split.WHOLE;
            }
            start = stop + 1;
        }
    }

    /** Adds the field that begins at {@code from} and answers where the quote stands that ends it; -1 if none does. */
    private int closingQuote(int from, int end) {
        Quotes kind = Quotes.AROUND;
        for (int at = from; at < end; at++) {
            if (bytes[at] == '"') {
                if (at + 1 < end && bytes[at + 1] == '"') {
                    kind = Quotes.WITHIN;
                    at++;
                } else {
                    add(from, at, kind);
                    return at;
                }
            }
        }
        return -1;
    }

    private void add(int start, int end, Quotes kind) {
        if (count == starts.length) {
            makeRoom(count * 2);
        }
        starts[count] = start;
        ends[count] = end;
        quotes[count] = kind;
        count++;
    }

    private void makeRoom(int most) {
        starts = Arrays.copyOf(starts, most);
        ends = Arrays.copyOf(ends, most);
        quotes = Arrays.copyOf(quotes, most);
    }

    /** Begins a record in {@code line} with so many fields, all empty until they are {@link #set}. */
    void begin(byte[] line, int number) {
        bytes = line;
        count = number;
        if (number > starts.length) {
            makeRoom(number);
        }
        for (int i = 0; i < number; i++) {
            set(i, 0, 0, false);
        }
    }

    /** Says where a field stands, without its quotes if it has some. */
    void set(int field, int from, int to, boolean quoted) {
        starts[field] = from;
        ends[field] = to;
        quotes[field] = quoted ? Quotes.AROUND : Quotes.NONE;
    }

    /** Takes fields that were read by other means. */
    void texts(String[] texts, boolean[] quoted) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        begin(bytes, texts.length);
        for (int i = 0; i < texts.length; i++) {
            int from = all.size();
            all.writeBytes(BoundedText.of(texts[i], texts[i].length()).getBytes(StandardCharsets.UTF_8));
            set(i, from, all.size(), quoted[i]);
        }
        bytes = all.toByteArray();
    }

    /** Takes the fields of {@code other}, with bytes of their own. */
    void copy(Fields other) {
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int i = 0; i < other.count; i++) {
            if (other.ends[i] > other.starts[i]) {
                least = Math.min(least, other.starts[i]);
                most = Math.max(most, other.ends[i]);
            }
        }
        int from = Math.min(least, most);
        if (bytes.length < most - from) {
            bytes = new byte[(most - from) * 2];
        }
        System.arraycopy(other.bytes, from, bytes, 0, most - from);
        begin(bytes, other.count);
        for (int i = 0; i < count; i++) {
            if (other.ends[i] > other.starts[i]) {
                starts[i] = other.starts[i] - from;
                ends[i] = other.ends[i] - from;
            }
            quotes[i] = other.quotes[i];
        }
    }

    /** What the fields are slices of. */
    byte[] bytes() {
        return bytes;
    }

    /** How many there are. */
    int count() {
        return count;
    }

    /** A field's text, without its quotes; malformed UTF-8 is replaced. */
    String text(int field) {
        String text = new String(bytes, from(field), length(field), StandardCharsets.UTF_8);
        return hasQuotesWithin(field) ? text.replace("\"\"", "\"") : text;
    }

    /** Where a field begins, without its quotes. */
    int from(int field) {
        return field < 0 || field >= count ? 0 : starts[field];
    }

    /** Where it ends, exclusive. */
    int to(int field) {
        return field < 0 || field >= count ? 0 : ends[field];
    }

    /** Of how many bytes it is. */
    int length(int field) {
        return to(field) - from(field);
    }

    /** Whether it stands in quotes. */
    boolean isQuoted(int field) {
        return field >= 0 && field < count && quotes[field] != Quotes.NONE;
    }

    /** Whether its bytes are not its text, for they double quotes. */
    boolean hasQuotesWithin(int field) {
        return field >= 0 && field < count && quotes[field] == Quotes.WITHIN;
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

    /** Whether a field consists of {@code ascii}. */
    boolean is(int field, byte[] ascii) {
        return Arrays.equals(bytes, from(field), to(field), ascii, 0, ascii.length);
    }

    /** Whether a field begins with a digit. */
    boolean startsWithDigit(int field) {
        return length(field) > 0 && bytes[from(field)] >= '0' && bytes[from(field)] <= '9';
    }

    /** Whether a field begins with {@code ascii}. */
    boolean startsWith(int field, byte[] ascii) {
        int from = from(field);
        return length(field) >= ascii.length && Arrays.equals(bytes, from, from + ascii.length, ascii, 0, ascii.length);
    }

    /** Whether a field of this record and one of {@code other} have the same bytes. */
    boolean isSame(int field, Fields other, int its) {
        return Arrays.equals(bytes, from(field), to(field), other.bytes, other.from(its), other.to(its));
    }

    /** Whether a field consists of {@code least} to {@code most} digits. */
    boolean isNumber(int field, int least, int most) {
        int from = from(field);
        int to = to(field);
        return to - from >= least && to - from <= most && Words.behindDigits(bytes, from, to) == to;
    }

    /** A number of at most 18 digits; -1 if the field is none. */
    long number(int field) {
        if (!isNumber(field, 1, 18)) {
            return -1;
        }
        long number = 0;
        int to = to(field);
        byte[] all = bytes;
        for (int at = from(field); at < to; at++) {
            number = number * 10 + all[at] - '0';
        }
        return number;
    }
}
