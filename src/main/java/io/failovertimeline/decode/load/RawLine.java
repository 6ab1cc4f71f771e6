package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.decode.Words;
import io.failovertimeline.model.Origin;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A line before it is read: {@code bytes[from, to)} without its line end and without a byte order mark. */
final class RawLine {

    private static final int EXCERPT_CHARS = 200;
    private static final Origin NOWHERE = Origin.line("", 1);
    private static final Outcome NOTHING = new Outcome.Nothing();

    private final byte[] bytes;
    private final int from;
    private final int to;
    private final Origin origin;

    /** All of {@code bytes}, from nowhere. */
    RawLine(byte[] bytes) {
        this(bytes, 0, bytes.length, NOWHERE);
    }

    RawLine(byte[] bytes, int from, int to, Origin origin) {
        int start = from;
        int end = to;
        if (end - start >= 3
                && bytes[start] == (byte) 0xEF
                && bytes[start + 1] == (byte) 0xBB
                && bytes[start + 2] == (byte) 0xBF) {
            start += 3;
        }
        while (end > start && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        this.bytes = bytes;
        this.from = start;
        this.to = end;
        this.origin = origin;
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    Origin origin() {
        return origin;
    }

    int length() {
        return to - from;
    }

    boolean isBlank() {
        for (int i = from; i < to; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    boolean startsWith(byte[] prefix) {
        return hasAt(0, prefix);
    }

    /** Whether {@code literal} stands behind the first {@code index} bytes. */
    boolean hasAt(int index, byte[] literal) {
        return length() - index >= literal.length && matchesAt(from + index, literal);
    }

    boolean startsWith(char ascii) {
        return hasAt(0, ascii);
    }

    /** Whether {@code ascii} stands behind the first {@code index} bytes. */
    boolean hasAt(int index, char ascii) {
        return from + index < to && bytes[from + index] == ascii;
    }

    boolean contains(byte[] literal) {
        int last = to - literal.length;
        int at = from;
        while (at <= last && !matchesAt(at, literal)) {
            at = Words.find((char) literal[0], bytes, at + 1, to);
        }
        return at <= last;
    }

    /** How many bytes stand before the first {@code ascii}; -1 where there is none. */
    int indexOf(char ascii) {
        int at = Words.find(ascii, bytes, from, to);
        return at < to ? at - from : -1;
    }

    boolean endsWith(char ascii) {
        return from < to && bytes[to - 1] == ascii;
    }

    boolean hasDigitAt(int index) {
        int at = from + index;
        return at < to && bytes[at] >= '0' && bytes[at] <= '9';
    }

    /** Whether it is ASCII without control characters. */
    boolean isPrintable() {
        int at = Words.behindPrintable(bytes, from, to);
        while (at < to && bytes[at] >= ' ') {
            at++;
        }
        return at == to;
    }

    /** Whether it is UTF-8. */
    boolean isUtf8() {
        byte others = 0;
        for (int i = Words.behindPrintable(bytes, from, to); i < to; i++) {
            others |= bytes[i];
        }
        return others >= 0 || text().isPresent();
    }

    /** The text; empty if it is not UTF-8. */
    Optional<String> text() {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    static Outcome nothing() {
        return NOTHING;
    }

    /** The dead letter of this line: {@code reason}, unless the cause lies deeper and it is not UTF-8 at all. */
    Outcome unreadable(Reason reason) {
        return new Outcome.Unreadable(excerpt(), isUtf8() ? reason : Reason.NOT_UTF_8, origin);
    }

    private String excerpt() {
        int mostBytes = Math.min(length(), EXCERPT_CHARS * 4);
        String lenient = new String(bytes, from, mostBytes, StandardCharsets.UTF_8);
        return BoundedText.of(lenient, EXCERPT_CHARS);
    }

    private boolean matchesAt(int at, byte[] literal) {
        // the last byte, since what is searched for differs there more often than at its begin
        int last = literal.length - 1;
        return bytes[at + last] == literal[last]
                && Arrays.equals(bytes, at, at + literal.length, literal, 0, literal.length);
    }
}
