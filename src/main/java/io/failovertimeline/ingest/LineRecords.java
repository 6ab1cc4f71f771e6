package io.failovertimeline.ingest;

import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Problem;
import io.failovertimeline.replay.Input;
import io.failovertimeline.replay.RecordReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The records of one input, in the order of its lines. The reader is closed at its end. */
final class LineRecords implements Iterator<IngestRecord> {

    private final Input input;
    private final RecordReader reader;
    private final Function<RecordReader, List<IngestRecord>> toRecords;
    private final Consumer<Problem> problems;
    private final Supplier<List<IngestRecord>> atEnd;
    private final Deque<IngestRecord> ready = new ArrayDeque<>();
    private boolean ended;

    /**
     * What {@code toRecords} makes of each record of {@code reader}, which reads {@code input}, and behind these what {@code atEnd}
     * gives.
     */
    LineRecords(
            Input input,
            RecordReader reader,
            Function<RecordReader, List<IngestRecord>> toRecords,
            Supplier<List<IngestRecord>> atEnd,
            Consumer<Problem> problems) {
        this.input = input;
        this.reader = reader;
        this.toRecords = toRecords;
        this.atEnd = atEnd;
        this.problems = problems;
    }

    private void read() {
        for (RecordReader.Found found = reader.next(); found != RecordReader.Found.END; found = reader.next()) {
            if (found == RecordReader.Found.TOO_LONG) {
                String place = Origin.line(input.name(), reader.number()).toString();
                problems.accept(new Problem(place, "is longer than 1 MiB and was not sent", ""));
                continue;
            }
            ready.addAll(toRecords.apply(reader));
            if (!ready.isEmpty()) {
                return;
            }
        }
        ready.addAll(atEnd.get());
        ended = true;
        reader.problem().ifPresent(problems);
        try {
            reader.close();
        } catch (IOException cannotClose) {
            throw new UncheckedIOException(cannotClose);
        }
    }

    @Override
    public boolean hasNext() {
        // Not before it is asked for: the next line of a pipe may be long in coming.
        if (ready.isEmpty() && !ended) {
            read();
        }
        return !ready.isEmpty();
    }

    @Override
    public IngestRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ready.remove();
    }
}
