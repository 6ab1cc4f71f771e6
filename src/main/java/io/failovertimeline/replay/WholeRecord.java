package io.failovertimeline.replay;

import io.failovertimeline.decode.CutLines;
import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.Joiner;
import io.failovertimeline.decode.LogDecoder;
import io.failovertimeline.decode.Telling;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds, among the lines of one input, the record that one of them belongs to, as {@link InputReading} joins them. */
final class WholeRecord {

    private static final String ONLY_SOURCE = "";

    private final Input input;
    private final Hints hints;
    private final long wanted;
    private final LogDecoder decoder = new LogDecoder();
    private final CutLines cut = new CutLines(InputReading.MOST_OPEN, line -> noteCut(line.origin()), line -> {});
    private final Joiner joiner = new Joiner(InputReading.MOST_OPEN, this::closed);
    /** Where the line stands that the wanted one is a part of; empty as long as that was not read, or if it is whole. */
    private Optional<Origin> wantedCut = Optional.empty();
    /** Where the record begins that the wanted line belongs to. */
    private Optional<Origin> begin = Optional.empty();

    private Optional<LogLine> found = Optional.empty();
    private boolean isWanted;

    private WholeRecord(Input input, Hints hints, long wanted) {
        this.input = input;
        this.hints = hints;
        this.wanted = wanted;
    }

    /** The record that the line of this number, from 1, belongs to; empty if that is none of a record. */
    static Optional<LogLine> of(Input input, Hints hints, long line) throws IOException {
        return new WholeRecord(input, hints, line).find();
    }

    private Optional<LogLine> find() throws IOException {
        try (LineReader reader = input.open()) {
            LineReader.Found line = reader.next();
            while (line != LineReader.Found.END && found.isEmpty()) {
                isWanted = reader.number() <= wanted && wanted < reader.number() + reader.lines();
                if (line == LineReader.Found.LINE) {
                    read(reader);
                }
                line = reader.next();
            }
        }
        isWanted = false;
        cut.end().forEach(this::join);
        joiner.end();
        return found;
    }

    private void read(LineReader reader) {
        if (hints.divideAt(reader.number())) {
            joiner.interrupt(ONLY_SOURCE);
        }
        Optional<Telling> row = joiner.expectsMore() ? joiner.row(ONLY_SOURCE, () -> text(reader)) : Optional.empty();
        if (row.isPresent()) {
            note(row.get());
            return;
        }
        Origin origin = Origin.line(input.name(), reader.number());
        decoder.decode(reader.bytes(), reader.from(), reader.to(), hints.at(reader.number()), origin)
                .match(
                        decoded -> {
                            line(decoded, reader.lines());
                            return Optional.empty();
                        },
                        broken -> Optional.empty(),
                        nothing -> {
                            joiner.text(ONLY_SOURCE, text(reader)).ifPresent(this::note);
                            return Optional.empty();
                        });
    }

    private void line(Decoded.Line decoded, long lines) {
        cut.line(ONLY_SOURCE, decoded, hints, 0, lines).forEach(this::join);
        if (decoded.isPartial()) {
            joiner.pass(ONLY_SOURCE);
        }
    }

    private void noteCut(Origin origin) {
        if (isWanted) {
            wantedCut = Optional.of(origin);
        }
    }

    private void join(CutLines.Whole whole) {
        whole.line().map(line -> joiner.line(ONLY_SOURCE, line, 0)).ifPresent(telling -> {
            boolean isOfCut = wantedCut.filter(whole.origin()::equals).isPresent();
            boolean endsHere = isWanted && wantedCut.isEmpty();
            if (isOfCut || endsHere) {
                begin = Optional.of(telling.line().origin());
            }
        });
    }

    private void note(Telling telling) {
        if (isWanted) {
            begin = Optional.of(telling.line().origin());
        }
    }

    private void closed(Telling telling) {
        if (begin.filter(telling.line().origin()::equals).isPresent()) {
            found = Optional.of(telling.line());
        }
    }

    private static String text(LineReader reader) {
        return new String(reader.bytes(), reader.from(), reader.to() - reader.from(), StandardCharsets.UTF_8);
    }
}
