package io.failovertimeline.replay;

import io.failovertimeline.decode.Framing;
import io.failovertimeline.decode.JournalPlace;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * The lines of a journal's export as JSON, each an entry, in the order in which the journal has them: {@code journalctl --reverse} and
 * what sorts lines give them in another, and an entry that goes on with one before it is not known by anything else. A line that does not tell
 * its place stays below the one that it is below; a second copy of lines comes behind the first.
 *
 * <p>Bounded: {@value #STRETCH} bytes at a time are put in order, each such stretch for itself.
 */
final class JournalOrder extends InputStream implements LineNumbers {

    /** Bytes that are put in order at a time: 64 MiB. */
    static final int STRETCH = 1 << 26;

    private static final int FIRST_BUFFER = 1 << 18;
    private static final int END = -1;
    private static final JournalPlace NOWHERE = new JournalPlace("", 0);

    private record Line(int copy, Optional<JournalPlace> place, int from, int to, long number) {

        static final Comparator<Line> ORDER = Comparator.comparingInt(Line::copy)
                .thenComparing(line -> line.place().orElse(NOWHERE));
    }

    private final InputStream lines;
    private final int stretch;
    private byte[] buffer;
    /** Of what is in the buffer: where lines that were not handed out begin, and where it ends. */
    private int rest;

    private int end;
    private List<Line> inOrder = List.of();
    /** The line that is handed out, and how much of it was. */
    private int current;

    private int given;

    private long read;
    /** Whether the buffer begins within a line that is longer than a stretch. */
    private boolean isWithinLine;

    private boolean ended;
    private Optional<IOException> broken = Optional.empty();
    private final Queue<Long> numbers = new ArrayDeque<>();

    JournalOrder(InputStream lines) {
        this(lines, STRETCH);
    }

    JournalOrder(InputStream lines, int stretch) {
        this.lines = lines;
        this.stretch = stretch;
        buffer = new byte[Math.min(FIRST_BUFFER, stretch)];
    }

    /** Whether {@code reader}, read to its end, has an entry that another one stands before which the journal has behind it. */
    static boolean isMissingIn(LineReader reader) {
        Map<String, JournalPlace> last = new HashMap<>();
        for (LineReader.Found found = reader.next(); found != LineReader.Found.END; found = reader.next()) {
            Optional<JournalPlace> place = found == LineReader.Found.LINE
                    ? JournalPlace.of(reader.bytes(), reader.from(), reader.to())
                    : Optional.empty();
            JournalPlace before =
                    place.map(here -> last.put(here.sequence(), here)).orElse(null);
            if (before != null && before.compareTo(place.get()) > 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long next(long counted) {
        return Optional.ofNullable(numbers.poll()).orElse(counted);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) == END ? END : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int at, int length) throws IOException {
        while (current == inOrder.size()) {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return END;
            }
        }
        Line line = inOrder.get(current);
        int copied = Math.min(length, line.to() - line.from() - given);
        System.arraycopy(buffer, line.from() + given, to, at, copied);
        given += copied;
        if (given == line.to() - line.from()) {
            current++;
            given = 0;
        }
        return copied;
    }

    /** Reads the next stretch; false at the end. */
    private boolean fill() throws IOException {
        if (ended) {
            if (broken.isPresent()) {
                throw broken.get();
            }
            return false;
        }
        System.arraycopy(buffer, rest, buffer, 0, end - rest);
        end -= rest;
        readStretch();
        if (ended && broken.isEmpty() && end > 0 && buffer[end - 1] != '\n') {
            buffer = Arrays.copyOf(buffer, end + 1);
            buffer[end++] = '\n'; // another line may come behind the last one
        }
        order();
        return true;
    }

    private void readStretch() {
        try {
            while (end < stretch && !ended) {
                if (end == buffer.length) {
                    buffer = Arrays.copyOf(buffer, Math.min(stretch, 2 * buffer.length));
                }
                int more = lines.read(buffer, end, buffer.length - end);
                ended = more < 0;
                end += Math.max(more, 0);
            }
        } catch (IOException why) {
            ended = true;
            broken = Optional.of(why);
        }
    }

    private void order() {
        inOrder = new ArrayList<>();
        current = 0;
        rest = 0;
        if (isWithinLine) {
            passOn();
        }
        List<Line> whole = whole();
        whole.sort(Line.ORDER);
        whole.forEach(line -> numbers.add(line.number()));
        inOrder.addAll(whole);
        if (inOrder.isEmpty() && end == stretch) {
            read++;
            numbers.add(read);
            passOn();
        }
    }

    /** Hands out what there is of a line that is longer than a stretch. */
    private void passOn() {
        int feed = Framing.lineFeed(buffer, 0, end);
        isWithinLine = feed == end;
        rest = Math.min(feed + 1, end);
        inOrder.add(new Line(0, Optional.empty(), 0, rest, read));
    }

    private List<Line> whole() {
        List<Line> whole = new ArrayList<>();
        Map<JournalPlace, Integer> copies = new HashMap<>();
        Optional<JournalPlace> place = Optional.empty();
        int copy = 1;
        for (int feed = Framing.lineFeed(buffer, rest, end); feed < end; feed = Framing.lineFeed(buffer, rest, end)) {
            Optional<JournalPlace> own = JournalPlace.of(buffer, rest, feed);
            if (own.isPresent()) {
                place = own;
                copy = copies.merge(own.get(), 1, Integer::sum);
            }
            read++;
            whole.add(new Line(copy, place, rest, feed + 1, read));
            rest = feed + 1;
        }
        return whole;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
