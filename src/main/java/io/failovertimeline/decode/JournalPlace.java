package io.failovertimeline.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an entry stands in a journal, as its cursor tells: numbers grow with each entry that is written, whatever the clock does.
 *
 * @param sequence what the numbers belong to, mostly a machine
 * @param number the entry's, unsigned
 */
public record JournalPlace(String sequence, long number) implements Comparable<JournalPlace> {

    private static final Comparator<JournalPlace> ORDER =
            Comparator.comparing(JournalPlace::sequence).thenComparing(JournalPlace::number, Long::compareUnsigned);

    private static final byte[] FIELD = "\"__CURSOR\"".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern CURSOR = Pattern.compile("\\s*:\\s*\"s=([0-9a-f]{32});i=([0-9a-f]{1,16});");
    /** Bytes that are enough for the beginning of a cursor. */
    private static final int BEGINNING = 64;

    /** Of the entry that {@code bytes} from {@code from}, inclusive, to {@code to}, exclusive, have as JSON; empty if they tell none. */
    public static Optional<JournalPlace> of(byte[] bytes, int from, int to) {
        int field = field(bytes, from, to);
        if (field < 0) {
            return Optional.empty();
        }
        int behind = field + FIELD.length;
        Matcher cursor = CURSOR.matcher(
                new String(bytes, behind, Math.min(BEGINNING, to - behind), StandardCharsets.ISO_8859_1));
        return cursor.lookingAt()
                ? Optional.of(new JournalPlace(cursor.group(1), Long.parseUnsignedLong(cursor.group(2), 16)))
                : Optional.empty();
    }

    private static int field(byte[] bytes, int from, int to) {
        for (int at = from; at <= to - FIELD.length; at++) {
            boolean isText = at > from && bytes[at - 1] == '\\';
            if (!isText && Arrays.equals(bytes, at, at + FIELD.length, FIELD, 0, FIELD.length)) {
                return at;
            }
        }
        return -1;
    }

    @Override
    public int compareTo(JournalPlace other) {
        return ORDER.compare(this, other);
    }
}
