package io.failovertimeline.model;

import java.util.Comparator;

/**
 * Where a record stands, so that a reader can look it up.
 *
 * @param medium a file or a topic
 * @param source the file's path as given, or {@code topic-partition}
 * @param position the line, from 1, or the offset, from 0
 */
public record Origin(Medium medium, String source, long position) implements Comparable<Origin> {

    private static final Comparator<Origin> ORDER =
            Comparator.comparing(Origin::medium).thenComparing(Origin::source).thenComparingLong(Origin::position);

    /** What kind of place a record came from. */
    public enum Medium {
        FILE(':'),
        TOPIC('@');

        private final char separator;

        Medium(char separator) {
            this.separator = separator;
        }
    }

    /** A line of a file, counted from 1. */
    public static Origin line(String path, long line) {
        return new Origin(Medium.FILE, path, line);
    }

    /** A record of a topic's partition. */
    public static Origin record(String topic, int partition, long offset) {
        return new Origin(Medium.TOPIC, topic + "-" + partition, offset);
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws IllegalArgumentException if {@code written} ends with no position
     */
    public static Origin parse(String written) {
        int separator = Math.max(written.lastIndexOf(':'), written.lastIndexOf('@'));
        String position = written.substring(separator + 1);
        if (separator < 0 || !position.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("'" + written + "' ends neither with :LINE nor with @OFFSET");
        }
        Medium medium = written.charAt(separator) == ':' ? Medium.FILE : Medium.TOPIC;
        return new Origin(medium, written.substring(0, separator), Long.parseLong(position));
    }

    @Override
    public int compareTo(Origin other) {
        return ORDER.compare(this, other);
    }

    /** {@code db1.journal:17} or {@code patroni-logs-0@17}. */
    @Override
    public String toString() {
        return source + medium.separator + position;
    }
}
