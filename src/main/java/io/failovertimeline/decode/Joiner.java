package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.Stamp;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Joins the lines that a record was written in. It is fed with physical lines in their order, each once, and answers with the record
 * a line belongs to as far as it is known then: a new one, or a fuller telling of one that was begun before.
 *
 * <p>Lines of a process are told from others between them by host, program and process id. What belongs to a record before: PostgreSQL's
 * {@code DETAIL:} and its like, of the same process; what is indented; Python's tracebacks; pg_controldata, the timeline history and
 * the output of pg_rewind that Patroni logs; the rest of a CSV row whose field has not ended. What finds no record before it stays
 * alone.
 *
 * <p>Bounded: so many records are open at most, the one that was touched longest ago is closed first; 200 lines and 8192 characters
 * a record; no line joins one that is more than five seconds away.
 */
public final class Joiner {

    /** Enough for one source. */
    public static final int USUAL_OPEN = 64;

    /** How far apart the lines of a record, or the parts of a line, may be. */
    static final Duration FARTHEST = Duration.ofSeconds(5);

    private final int mostOpen;
    private final Consumer<Telling> closed;
    /** In the order in which they were touched. */
    private final Map<Telling.Stream, Telling> open = new LinkedHashMap<>(16, 0.75f, true);

    /** Whose record was touched last in each channel, of those that are open. */
    private final Map<Telling.Channel, Telling.Stream> lastOf = new HashMap<>();

    /** By source: whose line stood there last; absent after text that belongs to no record. */
    private final Map<String, Telling.Stream> latest = new LinkedHashMap<>(16, 0.75f, true);

    /** Open records within a traceback or a CSV field. */
    private int expecting;

    /**
     * Starts with nothing open.
     *
     * @param mostOpen records that may be open, at least 1
     * @param closed gets each record once, when no line can join it any more
     */
    public Joiner(int mostOpen, Consumer<Telling> closed) {
        this.mostOpen = mostOpen;
        this.closed = closed;
    }

    /** Whether what comes next may look like anything and belong to a record nevertheless: within a traceback or a CSV field. */
    public boolean expectsMore() {
        return expecting > 0;
    }

    /** The records that are still open, the one touched last at the end. */
    public Collection<Telling> open() {
        return List.copyOf(open.values());
    }

    /** What a line without a beginning of its own makes of an open record. */
    public enum Standing {
        /** It belongs to it: nothing stands between them in the record's source. */
        LATEST,
        /** It belongs to it if it came through the record's channel; something else stands last in the source. */
        LATEST_OF_CHANNEL,
        /** It belongs to another, or to none. Only a section such as {@code DETAIL:} may still come. */
        BEHIND
    }

    /** Of the open record of {@code stream}. */
    public Standing standing(Telling.Stream stream) {
        if (stream.equals(latest.get(stream.source()))) {
            return Standing.LATEST;
        }
        return stream.equals(lastOf.get(stream.inChannel())) ? Standing.LATEST_OF_CHANNEL : Standing.BEHIND;
    }

    /** Goes on where another left off with {@code telling} open in that {@code standing}. */
    public void resume(Telling telling, Standing standing) {
        keepOpen(telling);
        if (standing != Standing.BEHIND) {
            lastOf.put(telling.stream().inChannel(), telling.stream());
        }
        if (standing == Standing.LATEST) {
            latest.put(telling.stream().source(), telling.stream());
        }
    }

    /** The record that {@code decoded}, line {@code part} of its origin, belongs to. */
    public Telling line(String source, Decoded.Line decoded, int part) {
        Telling.Stream stream = stream(source, decoded);
        Optional<Telling> joined =
                headOf(decoded, stream).map(head -> head.with(decoded.line().message(), false));
        Telling telling = joined.orElseGet(() -> begin(stream, decoded, part));
        keep(telling);
        return telling;
    }

    private static Telling.Stream stream(String source, Decoded.Line decoded) {
        return new Telling.Stream(
                source,
                decoded.line().host(),
                decoded.place().channel(),
                decoded.line().writer().pid());
    }

    private Optional<Telling> headOf(Decoded.Line decoded, Telling.Stream stream) {
        Optional<Telling> head =
                switch (decoded.place().form()) {
                    case RECORD -> Optional.empty();
                    case SECTION ->
                        Optional.ofNullable(open.get(stream))
                                .filter(before -> before.line().component() == Component.POSTGRESQL)
                                .filter(before -> before.lines() < Telling.MOST_LINES);
                    case TEXT ->
                        latestOf(stream)
                                .filter(before -> before.takes(decoded.line().message(), false));
                };
        return head.filter(before -> isNear(before, decoded));
    }

    private Optional<Telling> latestOf(Telling.Stream stream) {
        return Optional.ofNullable(lastOf.get(stream.inChannel())).flatMap(last -> Optional.ofNullable(open.get(last)));
    }

    private static boolean isNear(Telling head, Decoded.Line decoded) {
        Optional<Stamp> first = head.line().stamp();
        Optional<Stamp> next = decoded.line().stamp();
        return first.isEmpty()
                || next.isEmpty()
                || Duration.between(first.get().at(), next.get().at()).abs().compareTo(FARTHEST) <= 0;
    }

    private Telling begin(Telling.Stream stream, Decoded.Line decoded, int part) {
        close(stream);
        return Telling.begin(stream, decoded, part);
    }

    /**
     * The record that {@code text}, a line that is no log record by itself, belongs to; empty if it belongs to none, and then what
     * is below it does not belong to a record above it either.
     */
    public Optional<Telling> text(String source, String text) {
        Optional<Telling> head =
                Optional.ofNullable(latest.get(source)).flatMap(stream -> Optional.ofNullable(open.get(stream)));
        if (text.isBlank()) {
            boolean goesOn = text.startsWith("\t")
                    || head.filter(before -> before.trace() != Telling.Trace.NONE)
                            .isPresent();
            if (!goesOn) {
                latest.remove(source);
            }
            return Optional.empty();
        }
        String bare = TextEnvelope.contained(text).orElse(text);
        Optional<Telling> joined =
                head.filter(before -> before.takes(bare, true)).map(before -> before.with(bare, true));
        joined.ifPresentOrElse(this::keep, () -> latest.remove(source));
        return joined;
    }

    /**
     * The record that {@code line} belongs to if it is the rest of a CSV row. To be asked before a line is decoded, since within
     * quotes it may look like anything; empty for all lines that are to be decoded.
     */
    public Optional<Telling> row(String source, Supplier<String> line) {
        Optional<Telling> head = Optional.ofNullable(latest.get(source))
                .flatMap(stream -> Optional.ofNullable(open.get(stream)))
                .filter(before -> before.row().isPresent());
        if (head.isEmpty()) {
            return Optional.empty();
        }
        String text = line.get();
        // a row that was cut off has no end: the next one ends it
        boolean isNext = Readings.of(text)
                .filter(reading -> reading.format().equals(PostgresCsv.FORMAT))
                .isPresent();
        Telling telling = isNext ? head.get().withoutRow() : head.get().withRow(text);
        keep(telling);
        return isNext ? Optional.empty() : Optional.of(telling);
    }

    /** A part of a line stands here, which comes when it is whole: text below does not belong to a record above. */
    public void pass(String source) {
        latest.remove(source);
    }

    /** A record of {@code stream} stands here that was not given: it is whole, and what is below belongs to none above it. */
    public void passWhole(Telling.Stream stream) {
        close(stream);
        lastOf.remove(stream.inChannel());
        latest.remove(stream.source());
    }

    /** Lines of {@code source} were left out here: no record of it goes on below. */
    public void interrupt(String source) {
        List<Telling.Stream> ofSource = open.keySet().stream()
                .filter(stream -> stream.source().equals(source))
                .toList();
        ofSource.forEach(this::close);
        latest.remove(source);
    }

    /** Nothing belongs to the record of {@code stream} any more. */
    public void settle(Telling.Stream stream) {
        close(stream);
    }

    /** There are no more lines. */
    public void end() {
        List.copyOf(open.keySet()).forEach(this::close);
        latest.clear();
    }

    private static boolean expectsMore(Telling telling) {
        return telling.trace() != Telling.Trace.NONE || telling.row().isPresent();
    }

    private void keep(Telling telling) {
        keepOpen(telling);
        latest.put(telling.stream().source(), telling.stream());
        lastOf.put(telling.stream().inChannel(), telling.stream());
        if (latest.size() > mostOpen) {
            latest.remove(latest.keySet().iterator().next());
        }
    }

    private void keepOpen(Telling telling) {
        Telling before = open.put(telling.stream(), telling);
        expecting += (expectsMore(telling) ? 1 : 0) - (before != null && expectsMore(before) ? 1 : 0);
        if (open.size() > mostOpen) {
            close(open.keySet().iterator().next());
        }
    }

    private void close(Telling.Stream stream) {
        Telling telling = open.remove(stream);
        if (telling != null) {
            lastOf.remove(stream.inChannel(), stream);
            expecting -= expectsMore(telling) ? 1 : 0;
            closed.accept(telling);
        }
    }
}
