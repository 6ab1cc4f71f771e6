package io.failovertimeline.replay;

import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Framing;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.Skim;
import io.failovertimeline.decode.state.DumpBlock;
import io.failovertimeline.decode.state.Lead;
import io.failovertimeline.decode.state.StateDump;
import io.failovertimeline.model.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * Makes records of {@link Lines}: the lines of a state dump are one, all else stays as it is. A line costs no more than
 * a look at its first bytes, unless a dump may begin with it.
 */
public final class RecordReader implements AutoCloseable {

    /** What {@link #next()} came to. */
    public enum Found {
        /** A line, whole. */
        LINE,
        /** A state dump: see {@link #dump()}. */
        DUMP,
        /** A line longer than {@link LineReader#LONGEST_LINE}; the slice holds its first bytes only. */
        TOO_LONG,
        /** There are no more records, or no more can be read: see {@link #problem()}. */
        END
    }

    /**
     * A state dump among the lines.
     *
     * @param state what it shows
     * @param firstLine the number of its first line, from 1
     * @param block its lines
     * @param lead the prompt or comment above it; empty if there is none near
     */
    public record Dump(StateDump state, long firstLine, DumpBlock block, Optional<String> lead) {

        /** What the line above it tells. */
        public Optional<Lead> lead(Hints hints) {
            return lead.map(line -> Lead.of(line, hints));
        }

        /** The number of the line on which a row stands, or its header where it was cut off from that. */
        public long lineOf(int row) {
            return firstLine + Math.max(0, row - block.repeated());
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Line(byte[] bytes, long number) {}

    private static final Skim NOTHING_SEEN = new Skim();

    private final Lines lines;
    private final boolean mayHoldDumps;
    /** Lines that looked like a dump and were none. */
    private final Deque<Line> undone = new ArrayDeque<>();

    /** What {@link LineReader#next()} came to behind a dump. */
    private Optional<LineReader.Found> ahead = Optional.empty();

    private Optional<DumpBlock> rest = Optional.empty();
    private Optional<Dump> dump = Optional.empty();
    private Optional<String> lead = Optional.empty();
    private long leadReaches;

    private byte[] bytes = new byte[0];
    private int from;
    private int to;
    private long number;
    private long count;
    /** Whether the record is the line that {@link #lines} is at. */
    private boolean isCurrent;

    private RecordReader(Lines lines, boolean mayHoldDumps) {
        this.lines = lines;
        this.mayHoldDumps = mayHoldDumps;
    }

    /** Reads {@code lines}, among which there may be state dumps, to their end. */
    public static RecordReader ofLog(Lines lines) {
        return new RecordReader(lines, lines.framing() == Framing.LINES);
    }

    /** Reads {@code lines} to their end, each as a record. */
    public static RecordReader ofLines(Lines lines) {
        return new RecordReader(lines, false);
    }

    /** Goes to the next record. */
    public Found next() {
        dump = Optional.empty();
        if (!undone.isEmpty()) {
            Line line = undone.remove();
            slice(line.bytes(), 0, line.bytes().length, line.number(), 1);
            isCurrent = false;
            return Found.LINE;
        }
        LineReader.Found found = ahead.isPresent() ? ahead.get() : lines.next();
        ahead = Optional.empty();
        slice(lines.bytes(), lines.from(), lines.to(), lines.number(), lines.lines());
        isCurrent = true;
        Optional<DumpBlock> cut = rest;
        rest = Optional.empty();
        return switch (found) {
            case END -> Found.END;
            case TOO_LONG -> Found.TOO_LONG;
            case LINE -> mayHoldDumps && (cut.isPresent() || !isSurelyLogged()) ? line(cut) : Found.LINE;
        };
    }

    /** As {@link Lines#nextUnrelated()}: no dump begins there. */
    boolean nextUnrelated() {
        boolean isNext = isCurrent && lines.nextUnrelated();
        if (isNext) {
            slice(lines.bytes(), lines.from(), lines.to(), lines.number(), lines.lines());
        }
        return isNext;
    }

    /** A line of text that was skimmed begins with a time: no dump and no prompt does. */
    private boolean isSurelyLogged() {
        return lines.isSkimmed() && bytes[from] != '{';
    }

    private void slice(byte[] newBytes, int newFrom, int newTo, long newNumber, long newCount) {
        bytes = newBytes;
        from = newFrom;
        to = newTo;
        number = newNumber;
        count = newCount;
    }

    private Found line(Optional<DumpBlock> cut) {
        Optional<DumpBlock> block =
                cut.filter(table -> table.goesOn(bytes, from, to)).or(() -> DumpBlock.begin(bytes, from, to));
        if (block.isPresent()) {
            return gathered(block.get(), number);
        }
        if (Lead.mayBe(bytes, from, to)) {
            lead = Optional.of(new String(bytes, from, to - from, StandardCharsets.UTF_8));
            leadReaches = number + Lead.REACH;
        }
        return Found.LINE;
    }

    private Found gathered(DumpBlock block, long firstLine) {
        LineReader.Found found = lines.next();
        while (found == LineReader.Found.LINE && !block.isFull(lines.to() - lines.from())) {
            if (!block.goesOn(lines.bytes(), lines.from(), lines.to())) {
                break;
            }
            found = lines.next();
        }
        ahead = Optional.of(found);
        Optional<StateDump> state = block.dump();
        if (state.isEmpty()) {
            undo(block, firstLine);
            return next();
        }
        boolean isCut = found == LineReader.Found.LINE && block.isFull(lines.to() - lines.from());
        rest = isCut ? block.rest() : Optional.empty();
        Optional<String> above = lead.filter(line -> firstLine <= leadReaches);
        if (above.isPresent()) {
            leadReaches = firstLine + block.lines() + Lead.REACH;
        }
        dump = Optional.of(new Dump(state.get(), firstLine, block, above));
        byte[] value = block.value();
        slice(value, 0, value.length, firstLine, block.lines());
        return Found.DUMP;
    }

    private void undo(DumpBlock block, long firstLine) {
        byte[] value = block.value();
        long line = firstLine - block.repeated();
        for (int begin = 0; begin <= value.length; line++) {
            int end = Framing.lineFeed(value, begin, value.length);
            if (line >= firstLine) {
                undone.add(new Line(Arrays.copyOfRange(value, begin, end), line));
            }
            begin = end + 1;
        }
    }

    /** The dump; empty for every other record. */
    public Optional<Dump> dump() {
        return dump;
    }

    /** The buffer that the record is in, a dump's lines each ended by a line feed; valid until the next call of {@link #next()}. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the record begins. */
    public int from() {
        return from;
    }

    /** Where it ends, exclusive, without CR and LF. */
    public int to() {
        return to;
    }

    /** The number of its first line, from 1. */
    public long number() {
        return number;
    }

    /** How many lines it has. */
    public long lines() {
        return count;
    }

    /** Whether it is a line that was skimmed. */
    boolean isSkimmed() {
        return isCurrent && lines.isSkimmed();
    }

    /** What was seen in it, as {@link Lines#skim()}; {@link Skim#NO_CHANNEL} is the channel of what is no line. */
    Skim skim() {
        return isCurrent ? lines.skim() : NOTHING_SEEN;
    }

    /** As {@link Lines#heard}. */
    void heard(Decoded.Line line) {
        lines.heard(line);
    }

    /** Why no more can be read, as {@link LineReader#problem()}. */
    public Optional<Problem> problem() {
        return lines.problem();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
