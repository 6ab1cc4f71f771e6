package io.failovertimeline.recognize;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds many literals in bytes at once, fast enough to look at every byte of a large log.
 *
 * <p>Only every {@code stride}-th position is looked at: four bytes are read and hashed. That finds every literal, because each
 * is entered once for every way its window (a part of it, {@code stride + 3} bytes long) can lie across the positions looked
 * at. What the hash suggests is then compared byte by byte.
 */
final class Literals {

    /** The shortest literal that can be searched for, in bytes. */
    static final int SHORTEST = 4;

    private static final int GRAM = 4;
    private static final int LONGEST_STRIDE = 8;
    private static final int HASH_BITS = 16;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[][] literals;
    private final int stride;
    /** By hash: the number, from 1, of the first suggestion; 0 for none. */
    private final int[] first = new int[1 << HASH_BITS];
    /** A bit for each hash with a suggestion: small enough to stay in the processor's first cache, which the table is not. */
    private final long[] suggests = new long[1 << (HASH_BITS - 6)];

    /** By the number of a suggestion: the literal that may be here, how many bytes before, and the suggestion to try next. */
    private final int[] literalOf;

    private final int[] offsetOf;
    private final int[] nextOf;

    /**
     * Prepares the search.
     *
     * @param texts at least {@link #SHORTEST} bytes of UTF-8 each
     * @throws IllegalArgumentException if one is shorter
     */
    Literals(Collection<String> texts) {
        literals = texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        int shortest = GRAM + LONGEST_STRIDE - 1;
        for (byte[] literal : literals) {
            shortest = Math.min(shortest, literal.length);
        }
        if (shortest < SHORTEST) {
            throw new IllegalArgumentException(
                    "a literal is shorter than " + SHORTEST + " bytes: " + List.copyOf(texts));
        }
        stride = shortest - GRAM + 1;
        literalOf = new int[literals.length * stride + 1];
        offsetOf = new int[literalOf.length];
        nextOf = new int[literalOf.length];
        Map<Integer, Integer> spread = spread();
        int number = 0;
        for (int literal = 0; literal < literals.length; literal++) {
            int window = rarestWindow(literals[literal], spread);
            for (int offset = window; offset < window + stride; offset++) {
                number++;
                int hash = hash(gram(literals[literal], offset));
                literalOf[number] = literal;
                offsetOf[number] = offset;
                nextOf[number] = first[hash];
                first[hash] = number;
                suggests[hash >>> 6] |= 1L << hash;
            }
        }
    }

    /** Whether any literal occurs in {@code bytes} between {@code from} and {@code to}, exclusive. */
    boolean anyIn(byte[] bytes, int from, int to) {
        for (int at = from; at <= to - GRAM; at += stride) {
            int hash = hash(gram(bytes, at));
            if ((suggests[hash >>> 6] & 1L << hash) != 0 && isAnyAt(first[hash], bytes, at, from, to)) {
                return true;
            }
        }
        return false;
    }

    /** Which literals occur in {@code text}, by their place, from 0, in the collection given. */
    BitSet in(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        BitSet found = new BitSet(literals.length);
        for (int at = 0; at <= bytes.length - GRAM; at += stride) {
            for (int number = first[hash(gram(bytes, at))]; number != 0; number = nextOf[number]) {
                if (isAt(number, bytes, at, 0, bytes.length)) {
                    found.set(literalOf[number]);
                }
            }
        }
        return found;
    }

    private boolean isAnyAt(int first, byte[] bytes, int at, int from, int to) {
        for (int number = first; number != 0; number = nextOf[number]) {
            if (isAt(number, bytes, at, from, to)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(int number, byte[] bytes, int at, int from, int to) {
        byte[] literal = literals[literalOf[number]];
        int begin = at - offsetOf[number];
        if (begin < from || begin + literal.length > to) {
            return false;
        }
        for (int n = 0; n < literal.length; n++) {
            if (bytes[begin + n] != literal[n]) {
                return false;
            }
        }
        return true;
    }

    /** How many times each gram occurs in all literals: what is common here is common in logs. */
    private Map<Integer, Integer> spread() {
        Map<Integer, Integer> spread = new HashMap<>();
        for (byte[] literal : literals) {
            for (int offset = 0; offset <= literal.length - GRAM; offset++) {
                spread.merge(gram(literal, offset), 1, Integer::sum);
            }
        }
        return spread;
    }

    private int rarestWindow(byte[] literal, Map<Integer, Integer> spread) {
        int rarest = 0;
        int fewest = Integer.MAX_VALUE;
        for (int window = 0; window + stride + GRAM - 1 <= literal.length; window++) {
            int count = 0;
            for (int offset = window; offset < window + stride; offset++) {
                count += spread.getOrDefault(gram(literal, offset), 0);
            }
            if (count < fewest) {
                fewest = count;
                rarest = window;
            }
        }
        return rarest;
    }

    private static int gram(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    private static int hash(int gram) {
        return (gram * 0x9E3779B1) >>> (Integer.SIZE - HASH_BITS);
    }
}
