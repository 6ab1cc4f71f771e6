package io.failovertimeline.replay;

import io.failovertimeline.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads physical lines as slices of one reused buffer, so that a line costs no allocation. A line ends with LF or CR LF, the last
 * one also with the input. Memory is bounded by {@link #LONGEST_LINE}.
 *
 * <pre>{@code
 * for (Found found = reader.next(); found != Found.END; found = reader.next()) {
 *     … reader.bytes(), reader.from(), reader.to(), reader.number() …
 * }
 * reader.problem() …
 * }</pre>
 */
public final class LineReader implements AutoCloseable {

    /** Bytes of the longest line that is kept: 1 MiB. */
    public static final int LONGEST_LINE = 1 << 20;

    /** Bytes shown of a line that is longer. */
    static final int EXCERPT = 200;

    /** What {@link #next()} came to. */
    public enum Found {
        /** A line, whole. */
        LINE,
        /** A line longer than {@link #LONGEST_LINE}; the slice holds its first bytes only. */
        TOO_LONG,
        /** There are no more lines, or no more can be read: see {@link #problem()}. */
        END
    }

    private static final int FIRST_BUFFER = 1 << 18;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LINE_FEEDS = 0x0A0A0A0A0A0A0A0AL;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final InputStream stream;
    private final String name;
    private byte[] buffer = new byte[FIRST_BUFFER];
    /** Of what is in the buffer: where the next line begins, and where it ends for now. */
    private int next;

    private int end;
    private boolean ended;
    private boolean isCut;
    private long budget;

    private int from;
    private int to;
    private long number;
    private Optional<Problem> problem = Optional.empty();

    /**
     * Reads {@code stream} to its end.
     *
     * @param name the input's, for {@link #problem()}
     */
    public LineReader(InputStream stream, String name) {
        this(stream, name, Long.MAX_VALUE);
    }

    /**
     * Reads the first {@code bytes} bytes of {@code stream}, without the line that goes on behind them.
     *
     * @param name the input's, for {@link #problem()}
     */
    LineReader(InputStream stream, String name, long bytes) {
        this.stream = stream;
        this.name = name;
        this.budget = bytes;
    }

    /** The line, or its first bytes, as text; what is no UTF-8 is replaced. */
    String text() {
        return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }

    /** Goes to the next line. */
    public Found next() {
        int searched = next;
        while (true) {
            int feed = lineFeed(buffer, searched, end);
            if (feed < end) {
                return feed - next > LONGEST_LINE ? tooLong(feed + 1) : line(feed, feed + 1);
            }
            if (end - next > LONGEST_LINE) {
                return skipped();
            }
            if (ended) {
                boolean isTorn = isCut || problem.isPresent();
                return next == end || isTorn ? Found.END : line(end, end);
            }
            int kept = end - next;
            fill();
            searched = next + kept;
        }
    }

    private Found line(int lineEnd, int following) {
        from = next;
        to = lineEnd > from && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        next = following;
        number++;
        return Found.LINE;
    }

    private Found tooLong(int following) {
        from = next;
        to = next + EXCERPT;
        next = following;
        number++;
        return Found.TOO_LONG;
    }

    /** Reads on to the end of a line that is too long, keeping only its first bytes. */
    private Found skipped() {
        byte[] excerpt = Arrays.copyOfRange(buffer, next, next + EXCERPT);
        int feed;
        do {
            next = end;
            fill();
            feed = lineFeed(buffer, next, end);
        } while (feed == end && !ended);
        int following = Math.min(feed + 1, end);
        if (following < EXCERPT) {
            makeRoomInFront(following);
            following = EXCERPT;
        }
        System.arraycopy(excerpt, 0, buffer, following - EXCERPT, EXCERPT);
        next = following - EXCERPT;
        return tooLong(following);
    }

    private void makeRoomInFront(int following) {
        int rest = end - following;
        byte[] roomier = new byte[Math.max(buffer.length, EXCERPT + rest)];
        System.arraycopy(buffer, following, roomier, EXCERPT, rest);
        buffer = roomier;
        end = EXCERPT + rest;
    }

    /** Reads more behind what is not yet used, which moves to the front of the buffer. */
    private void fill() {
        int kept = end - next;
        if (next > 0) {
            System.arraycopy(buffer, next, buffer, 0, kept);
            next = 0;
            end = kept;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        isCut = budget == 0;
        ended = isCut;
        if (isCut) {
            return;
        }
        try {
            int read = stream.read(buffer, end, (int) Math.min(buffer.length - end, budget));
            ended = read < 0;
            end += Math.max(read, 0);
            budget -= Math.max(read, 0);
        } catch (IOException broken) {
            ended = true;
            problem = Optional.of(Unreadable.broken(name, number, broken));
        }
    }

    /** Where in {@code bytes} the first LF from {@code from} on stands; {@code to} if there is none before it. */
    static int lineFeed(byte[] bytes, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long difference = (long) LONGS.get(bytes, at) ^ LINE_FEEDS;
            long zeros = (difference - LOW_BITS) & ~difference & HIGH_BITS;
            if (zeros != 0) {
                return at + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
            }
        }
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /** The buffer that the line is in; valid until the next call of {@link #next()}. */
    public byte[] bytes() {
        return buffer;
    }

    /** Where the line begins. */
    public int from() {
        return from;
    }

    /** Where it ends, exclusive, without CR and LF. */
    public int to() {
        return to;
    }

    /** Its number, from 1. */
    public long number() {
        return number;
    }

    /** Why no more can be read, if that is not because all was. What follows the last whole line is left out then. */
    public Optional<Problem> problem() {
        return problem;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
