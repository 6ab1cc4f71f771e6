package io.failovertimeline.decode;

import io.failovertimeline.model.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts the parts of lines together that a container runtime or journald cut into records. It is fed with physical lines in their
 * order, each once, and answers with the lines that are whole then; what is inside of them is decoded anew, as of a line that nobody
 * cut. A {@link Joiner} makes records of them.
 *
 * <p>Parts belong together that follow one another in one stream of one process and were received within five seconds of each other.
 * A line whose end does not come is taken as it is when the stream goes on without it, or at the end.
 *
 * <p>Bounded: so many lines are open at most, the one that was touched longest ago is closed first; of a text that is longer than
 * 65536 characters the beginning is kept.
 */
public final class CutLines {

    private final int mostOpen;
    private final Consumer<CutLine> opened;
    private final Consumer<CutLine> closed;
    /** In the order in which they were touched. */
    private final Map<CutLine.Stream, CutLine> open = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * A line with all of its parts.
     *
     * @param line empty if it is known to tell nothing
     * @param origin where its first part stands
     * @param part which line of its origin the first part is, from 0
     * @param lines how many physical lines it takes up
     */
    public record Whole(Optional<Decoded.Line> line, Origin origin, int part, long lines) {

        private static Whole of(Decoded.Line line, int part, long lines) {
            return new Whole(Optional.of(line), line.line().origin(), part, lines);
        }

        private static Whole of(CutLine line) {
            return new Whole(line.whole(), line.origin(), line.part(), line.lines());
        }
    }

    /**
     * Starts with nothing open.
     *
     * @param mostOpen lines that may be open, at least 1
     */
    public CutLines(int mostOpen) {
        this(mostOpen, line -> {}, line -> {});
    }

    /**
     * Starts with nothing open.
     *
     * @param mostOpen lines that may be open, at least 1
     * @param opened gets each line that is open now, anew with each of its parts
     * @param closed gets each line that is no longer open, as it was then
     */
    public CutLines(int mostOpen, Consumer<CutLine> opened, Consumer<CutLine> closed) {
        this.mostOpen = mostOpen;
        this.opened = opened;
        this.closed = closed;
    }

    /** Whether the end of a line is still to come; a line that looks whole may be it. */
    public boolean expectMore() {
        return !open.isEmpty();
    }

    /** Goes on where another left off with {@code line} open. */
    public void resume(CutLine line) {
        open.put(line.stream(), line);
    }

    /**
     * The lines that are whole now that {@code decoded}, line {@code index} of its origin, was read; mostly this one.
     *
     * @param hints what is known of the source
     * @param lines how many physical lines {@code decoded} takes up
     */
    public List<Whole> line(String source, Decoded.Line decoded, Hints hints, int index, long lines) {
        boolean isAlone = open.isEmpty() && !decoded.isPartial();
        if (isAlone || decoded.envelope().isEmpty()) {
            return List.of(Whole.of(decoded, index, lines));
        }
        Envelope part = decoded.envelope().get();
        List<Whole> whole = new ArrayList<>();
        Optional<CutLine> begun = Optional.ofNullable(open.get(CutLine.stream(source, part, hints)));
        Optional<CutLine> before = begun.filter(line -> !line.isFarFrom(part, hints));
        if (before.isEmpty()) {
            begun.map(this::close).ifPresent(whole::add);
        }
        if (decoded.isPartial()) {
            open(before.map(line -> line.with(part, hints, lines))
                    .orElseGet(() ->
                            CutLine.begin(source, part, hints, decoded.line().origin(), index, lines)));
            if (open.size() > mostOpen) {
                whole.add(close(open.values().iterator().next()));
            }
        } else {
            before.ifPresent(this::close);
            whole.add(before.map(line -> Whole.of(line.with(part, hints, lines)))
                    .orElseGet(() -> Whole.of(decoded, index, lines)));
        }
        return whole;
    }

    private void open(CutLine line) {
        open.put(line.stream(), line);
        opened.accept(line);
    }

    private Whole close(CutLine line) {
        open.remove(line.stream());
        closed.accept(line);
        return Whole.of(line);
    }

    /** There are no more lines: those that are open, without their ends. */
    public List<Whole> end() {
        return List.copyOf(open.values()).stream().map(this::close).toList();
    }
}
