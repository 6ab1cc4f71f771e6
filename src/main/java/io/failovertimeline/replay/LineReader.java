package io.failovertimeline.replay;

import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Framing;
import io.failovertimeline.decode.Skim;
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
 * Reads records, mostly physical lines, as slices of one reused buffer, so that a line costs no allocation. A line ends with LF or
 * CR LF, the last one also with the input; where a {@link Framing} says so, a record has several lines. Memory is bounded by
 * {@link #LONGEST_LINE}.
 */
public final class LineReader implements Lines {

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
    private static final long BLANKS = 0x2020202020202020L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private static final Skim NOTHING_SEEN = new Skim();
    private static final byte[] NOTHING_READ = new byte[0];
    private static final int NOT_SOUGHT = -1;

    private final InputStream stream;
    private final String name;
    private final Framing framing;
    private final Framing.Ends ends;
    private final LineNumbers numbers;
    private byte[] buffer = NOTHING_READ;
    /** Of what is in the buffer: where the next line begins, and where it ends for now. */
    private int next;

    private int end;
    /** Where the record behind the next one begins, if that was found already, and how many bytes were searched for it. */
    private int sought = NOT_SOUGHT;

    private int searched;

    private boolean ended;
    private boolean isCut;
    private long budget;

    private int from;
    private int to;
    private long number;
    private long lines;
    /** Lines before the next record. */
    private long read;

    private boolean isPlain;
    private Optional<Problem> problem = Optional.empty();

    /**
     * Reads {@code stream} to its end.
     *
     * @param name the input's, for {@link #problem()}
     */
    public LineReader(InputStream stream, String name) {
        this(stream, name, Framing.LINES, Long.MAX_VALUE);
    }

    /**
     * Reads the first {@code bytes} bytes of {@code stream}, without the record that goes on behind them.
     *
     * @param name the input's, for {@link #problem()}
     */
    LineReader(InputStream stream, String name, Framing framing, long bytes) {
        this(stream, name, framing, bytes, LineNumbers.COUNTED);
    }

    /** As {@link #LineReader(InputStream, String, Framing, long)}, of lines that {@code numbers} numbers. */
    LineReader(InputStream stream, String name, Framing framing, long bytes, LineNumbers numbers) {
        this.stream = stream;
        this.name = name;
        this.framing = framing;
        this.ends = framing.ends();
        this.budget = bytes;
        this.numbers = numbers;
    }

    /** The record, or its first bytes, as text; what is no UTF-8 is replaced. */
    String text() {
        return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }

    /** Whether the next record is in the buffer as a whole, so that {@link #next()} leaves the buffer as it is. */
    boolean isAtHand() {
        seek();
        return sought != NOT_SOUGHT;
    }

    private void seek() {
        if (sought == NOT_SOUGHT) {
            isPlain |= searched == 0;
            sought = ends(next + searched);
            searched = end - next;
        }
    }

    /**
     * Leaves the buffer to whoever looks into it, and goes on in another.
     *
     * @param other is taken if it has room for what was read and not yet used; a larger one is made if not
     */
    void goOnIn(byte[] other) {
        int kept = end - next;
        byte[] roomy = other.length > kept ? other : new byte[Math.max(FIRST_BUFFER, 2 * kept)];
        System.arraycopy(buffer, next, roomy, 0, kept);
        buffer = roomy;
        sought -= sought == NOT_SOUGHT ? 0 : next;
        next = 0;
        end = kept;
    }

    @Override
    public Found next() {
        while (true) {
            seek();
            if (sought != NOT_SOUGHT) {
                long passed = lines(next, sought);
                return sought - next > LONGEST_LINE + 1 ? tooLong(sought, passed) : record(sought, passed);
            }
            if (end - next > LONGEST_LINE) {
                return skipped();
            }
            if (ended) {
                boolean isTorn = isCut || problem.isPresent();
                return next == end || isTorn ? Found.END : record(end, lines(next, end));
            }
            fill();
        }
    }

    /** How many lines a record has that ends before {@code following}. */
    private long lines(int start, int following) {
        return framing == Framing.LINES ? 1 : Math.max(1, feeds(start, following));
    }

    private long feeds(int start, int following) {
        long feeds = 0;
        for (int i = start; i < following; i++) {
            feeds += buffer[i] == '\n' ? 1 : 0;
        }
        return feeds;
    }

    private Found record(int following, long passed) {
        from = next;
        to = following;
        if (to > from && buffer[to - 1] == '\n') {
            to--;
        }
        if (to > from && buffer[to - 1] == '\r') {
            to--;
        }
        if (framing != Framing.LINES) {
            trim();
        }
        advance(following, passed);
        return Found.LINE;
    }

    /** Empty lines around a record of several do not belong to it. */
    private void trim() {
        while (to > from && (buffer[to - 1] == '\n' || buffer[to - 1] == '\r')) {
            to--;
        }
        while (from < to && (buffer[from] == '\n' || buffer[from] == '\r')) {
            from++;
        }
    }

    private Found tooLong(int following, long passed) {
        from = next;
        to = next + EXCERPT;
        advance(following, passed);
        return Found.TOO_LONG;
    }

    private void advance(int following, long passed) {
        next = following;
        sought = NOT_SOUGHT;
        searched = 0;
        number = numbers.next(read + 1);
        lines = passed;
        read += passed;
    }

    /** Reads on to the end of a record that is too long, keeping only its first bytes. */
    private Found skipped() {
        byte[] excerpt = Arrays.copyOfRange(buffer, next, next + EXCERPT);
        long feeds = feeds(next, end);
        int following;
        do {
            next = end;
            fill();
            following = ends(next);
            feeds += feeds(next, following < 0 ? end : following);
        } while (following < 0 && !ended);
        following = following < 0 ? end : following;
        if (following < EXCERPT) {
            makeRoomInFront(following);
            following = EXCERPT;
        }
        System.arraycopy(excerpt, 0, buffer, following - EXCERPT, EXCERPT);
        next = following - EXCERPT;
        return tooLong(following, Math.max(1, feeds));
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
            buffer = Arrays.copyOf(buffer, Math.max(FIRST_BUFFER, buffer.length * 2));
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
            problem = Optional.of(Unreadable.broken(name, read, broken));
        }
    }

    /** Where the record ends that goes on at {@code start}; -1 if that is not in the buffer. */
    private int ends(int start) {
        if (framing == Framing.LINES) {
            int feed = lineFeed(start);
            return feed < end ? feed + 1 : -1;
        }
        isPlain = false;
        return ends.next(buffer, start, end);
    }

    /**
     * Where the first LF from {@code start} on stands; the end of what is in the buffer if there is none. Notes on the way whether
     * anything but printable ASCII is passed.
     */
    private int lineFeed(int start) {
        int at = start;
        long others = 0;
        while (at <= end - Long.BYTES) {
            long word = (long) LONGS.get(buffer, at);
            long controls = (word - BLANKS) & ~word & HIGH_BITS; // the lowest bit is true, higher ones may be wrong
            if (controls == 0) {
                others |= word;
                at += Long.BYTES;
                continue;
            }
            int bits = Long.numberOfTrailingZeros(controls) - (Byte.SIZE - 1);
            others |= word & ((1L << bits) - 1);
            at += bits / Byte.SIZE;
            if (buffer[at] == '\n') {
                isPlain &= (others & HIGH_BITS) == 0;
                return at;
            }
            isPlain = false;
            at++;
        }
        while (at < end && buffer[at] != '\n') {
            isPlain &= buffer[at] >= ' ';
            at++;
        }
        isPlain &= (others & HIGH_BITS) == 0;
        return at;
    }

    @Override
    public boolean nextUnrelated() {
        return false;
    }

    @Override
    public byte[] bytes() {
        return buffer;
    }

    @Override
    public int from() {
        return from;
    }

    @Override
    public int to() {
        return to;
    }

    /** Whether all of it is printable ASCII; false as well where it ends with CR. Not to be asked after {@link #isAtHand()}. */
    public boolean isPlain() {
        return isPlain;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public Framing framing() {
        return framing;
    }

    @Override
    public long lines() {
        return lines;
    }

    @Override
    public Optional<Problem> problem() {
        return problem;
    }

    @Override
    public Skim skim() {
        return NOTHING_SEEN;
    }

    @Override
    public boolean isSkimmed() {
        return false;
    }

    @Override
    public void heard(Decoded.Line line) {}

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
