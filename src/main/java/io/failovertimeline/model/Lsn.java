package io.failovertimeline.model;

import java.util.Optional;

/**
 * A position in the write-ahead log.
 *
 * @param position bytes from the beginning of the log, unsigned
 */
public record Lsn(long position) implements Comparable<Lsn> {

    private static final int HALF = 32;

    /** The position that {@code written}, such as {@code 0/3480530}, stands for; empty if it is none. */
    public static Optional<Lsn> parse(String written) {
        if (!written.matches("[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}")) {
            return Optional.empty();
        }
        int slash = written.indexOf('/');
        long high = Long.parseLong(written.substring(0, slash), 16);
        long low = Long.parseLong(written.substring(slash + 1), 16);
        return Optional.of(new Lsn(high << HALF | low));
    }

    /** Bytes from {@code earlier} to here; negative if it is not earlier. */
    public long minus(Lsn earlier) {
        return position - earlier.position;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(position, other.position);
    }

    /** {@code 0/3480530}. */
    @Override
    public String toString() {
        return Long.toHexString(position >>> HALF).toUpperCase(java.util.Locale.ROOT)
                + "/"
                + Long.toHexString(position & 0xFFFFFFFFL).toUpperCase(java.util.Locale.ROOT);
    }
}
