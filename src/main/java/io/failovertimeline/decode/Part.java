package io.failovertimeline.decode;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Which part of a line a record holds. Container runtimes and journald cut long lines: Docker after 16 KiB, CRI marks such parts
 * with {@code P}, journald with {@code _LINE_BREAK=line-max}. The next record of the same source and stream goes on with the text;
 * {@link CutLines} puts the parts together.
 *
 * @param stream {@code stdout}, {@code stderr}, journald's stream id or Docker's id of the line; empty if the record does not say
 * @param goesOn whether the line's text goes on in the stream's next record
 * @param head the bytes that the text begins with and that are the rest of a letter, a character for each; mostly empty
 * @param tail the bytes that it ends with and that are the beginning of a letter, likewise
 */
public record Part(Optional<String> stream, boolean goesOn, String head, String tail) {

    /** A record that holds its line whole, of no named stream. */
    public static final Part WHOLE = new Part(Optional.empty(), false);

    private static final int LONGEST_REST = 3;

    /** A part that begins and ends between letters. */
    Part(Optional<String> stream, boolean goesOn) {
        this(stream, goesOn, "", "");
    }

    /** The same, whose text is {@code bytes} from {@code from}, inclusive, to {@code to}, exclusive. */
    Part of(byte[] bytes, int from, int to) {
        int head = from;
        while (head < to && head - from < LONGEST_REST && isRest(bytes[head])) {
            head++;
        }
        int tail = to;
        while (tail > from && to - tail < LONGEST_REST && isRest(bytes[tail - 1])) {
            tail--;
        }
        boolean isTorn = tail > from && length(bytes[tail - 1]) > to - tail + 1;
        return new Part(stream, goesOn, latin(bytes, from, head), isTorn ? latin(bytes, tail - 1, to) : "");
    }

    /** The letter that this ends within and {@code next} goes on with; empty if there is none. */
    Optional<String> letterWith(Part next) {
        if (tail.isEmpty() || next.head.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap((tail + next.head).getBytes(StandardCharsets.ISO_8859_1)))
                    .toString());
        } catch (CharacterCodingException notOne) {
            return Optional.empty();
        }
    }

    private static String latin(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean isRest(byte piece) {
        return (piece & 0xC0) == 0x80;
    }

    /** How many bytes a letter has that begins with {@code first}. */
    private static int length(byte first) {
        int bits = first & 0xFF;
        return bits >= 0xF0 ? 4 : bits >= 0xE0 ? 3 : bits >= 0xC0 ? 2 : 1;
    }
}
