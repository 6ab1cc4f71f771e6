package io.failovertimeline.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads JSON step by step from bytes of which none is a control character, without making anything of it. What is broken or unusual is
 * not taken; whether it is broken is for a parser to say. One object is used for many lines.
 */
public final class JsonScanner {

    private static final int NONE = -1;
    private static final int DEEPEST = 32;
    private static final int LONGEST_NUMBER = 18;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = LOW_BITS * '"';
    private static final long BACKSLASHES = LOW_BITS * '\\';

    private byte[] bytes = new byte[0];
    private int at;
    private int to;
    private boolean isEscaped;
    private boolean isOddlyEscaped;

    /** Goes to {@code from}, inclusive, of {@code line}, which ends at {@code end}, exclusive. */
    public void begin(byte[] line, int from, int end) {
        bytes = line;
        at = from;
        to = end;
    }

    /** Where it is. */
    public int place() {
        return at;
    }

    /** Where the text ended that was taken last, exclusive, if nothing was taken since. */
    public int behindString() {
        return at - 1;
    }

    /** Whether there was a backslash in the text that was taken last. */
    public boolean isEscaped() {
        return isEscaped;
    }

    /** Whether there was one before {@code u} or a slash. */
    public boolean isOddlyEscaped() {
        return isOddlyEscaped;
    }

    /** What stands next, behind blanks; 0 at the end. */
    public byte next() {
        blanks();
        return at < to ? bytes[at] : 0;
    }

    /** Whether only blanks are left. */
    public boolean isAtEnd() {
        blanks();
        return at == to;
    }

    /** Takes any value; tells whether there is one. */
    public boolean value() {
        return value(0);
    }

    private boolean value(int depth) {
        blanks();
        if (at == to || depth > DEEPEST) {
            return false;
        }
        return switch (bytes[at]) {
            case '"' -> string() >= 0;
            case '{', '[' -> nested(depth);
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private boolean nested(int depth) {
        boolean isObject = bytes[at++] == '{';
        char end = isObject ? '}' : ']';
        if (take(end)) {
            return true;
        }
        do {
            boolean isNamed = !isObject || (string() >= 0 && take(':'));
            if (!isNamed || !value(depth + 1)) {
                return false;
            }
        } while (take(','));
        return take(end);
    }

    private boolean word(String word) {
        for (int n = 0; n < word.length(); n++) {
            if (at == to || bytes[at++] != word.charAt(n)) {
                return false;
            }
        }
        return true;
    }

    /** Takes {@code -12} or {@code 0.5}; what has an exponent or is longer is left to the decoder. */
    private boolean number() {
        int from = bytes[at] == '-' ? at + 1 : at;
        at = Words.behindDigits(bytes, from, to);
        boolean isWhole = at > from && at - from <= LONGEST_NUMBER && (bytes[from] != '0' || at == from + 1);
        if (isWhole && at < to && bytes[at] == '.') {
            int fraction = at + 1;
            at = Words.behindDigits(bytes, fraction, to);
            return at > fraction && at - fraction <= LONGEST_NUMBER;
        }
        return isWhole;
    }

    /** Takes {@code wanted}, and blanks before it; tells whether it stands there. */
    public boolean take(char wanted) {
        blanks();
        if (at < to && bytes[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    /** The same for some bytes. */
    public boolean take(byte[] wanted) {
        blanks();
        int end = at + wanted.length;
        boolean stands = end <= to && Arrays.equals(bytes, at, end, wanted, 0, wanted.length);
        at = stands ? end : at;
        return stands;
    }

    private void blanks() {
        while (at < to && bytes[at] == ' ') {
            at++;
        }
    }

    /** Takes a text with its quotation marks; answers where it begins behind the first of them; negative if there is none. */
    public int string() {
        if (!take('"')) {
            return NONE;
        }
        int from = at;
        isEscaped = false;
        isOddlyEscaped = false;
        while (true) {
            at = quoteOrBackslash(at);
            if (at >= to) {
                return NONE;
            }
            if (bytes[at++] == '"') {
                return from;
            }
            if (!escape()) {
                return NONE;
            }
        }
    }

    /** Takes what stands behind a backslash. */
    private boolean escape() {
        isEscaped = true;
        if (at == to) {
            return false;
        }
        byte escaped = bytes[at++];
        isOddlyEscaped |= escaped == 'u' || escaped == '/';
        if (escaped != 'u') {
            return "\"\\/bfnrt".indexOf(escaped) >= 0;
        }
        int end = at + 4;
        while (at < end && at < to && Character.digit(bytes[at], 16) >= 0) {
            at++;
        }
        return at == end;
    }

    private int quoteOrBackslash(int from) {
        int place = from;
        for (; place <= to - Long.BYTES; place += Long.BYTES) {
            long word = (long) LONG.get(bytes, place);
            long found = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES);
            if (found != 0) {
                return place + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (place < to && bytes[place] != '"' && bytes[place] != '\\') {
            place++;
        }
        return place;
    }

    /** The high bit of each byte that is zero; the lowest of them is true, higher ones may be wrong. */
    private static long zeros(long word) {
        return (word - LOW_BITS) & ~word & HIGH_BITS;
    }
}
