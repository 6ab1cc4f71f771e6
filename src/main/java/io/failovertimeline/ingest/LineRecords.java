package io.failovertimeline.ingest;

import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Problem;
import io.failovertimeline.replay.Input;
import io.failovertimeline.replay.RecordReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The records of one input, in the order of its lines. The reader is closed at its end. */
final class LineRecords implements Iterator<IngestRecord> {

    private final Input input;
    private final RecordReader reader;
    private final Function<RecordReader, Optional<IngestRecord>> toRecord;
    private final Consumer<Problem> problems;
    private Optional<IngestRecord> next;

    /** What {@code toRecord} makes of each record of {@code reader}, which reads {@code input}. */
    LineRecords(
            Input input,
            RecordReader reader,
            Function<RecordReader, Optional<IngestRecord>> toRecord,
            Consumer<Problem> problems) {
        this.input = input;
        this.reader = reader;
        this.toRecord = toRecord;
        this.problems = problems;
        this.next = read();
    }

    private Optional<IngestRecord> read() {
        for (RecordReader.Found found = reader.next(); found != RecordReader.Found.END; found = reader.next()) {
            if (found == RecordReader.Found.TOO_LONG) {
                String place = Origin.line(input.name(), reader.number()).toString();
                problems.accept(new Problem(place, "is longer than 1 MiB and was not sent", ""));
                continue;
            }
            Optional<IngestRecord> record = toRecord.apply(reader);
            if (record.isPresent()) {
                return record;
            }
        }
        reader.problem().ifPresent(problems);
        try {
            reader.close();
        } catch (IOException cannotClose) {
            throw new UncheckedIOException(cannotClose);
        }
        return Optional.empty();
    }

    @Override
    public boolean hasNext() {
        return next.isPresent();
    }

    @Override
    public IngestRecord next() {
        IngestRecord record = next.orElseThrow(NoSuchElementException::new);
        next = read();
        return record;
    }
}
