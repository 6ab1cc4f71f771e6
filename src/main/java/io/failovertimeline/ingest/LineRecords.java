package io.failovertimeline.ingest;

import io.failovertimeline.replay.LineReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** The records of one input, in the order of its lines. The reader is closed at its end. */
final class LineRecords implements Iterator<IngestRecord> {

    private final LineReader reader;
    private final Function<LineReader, Optional<IngestRecord>> toRecord;
    private Optional<IngestRecord> next;

    LineRecords(LineReader reader, Function<LineReader, Optional<IngestRecord>> toRecord) {
        this.reader = reader;
        this.toRecord = toRecord;
        this.next = read();
    }

    private Optional<IngestRecord> read() {
        for (LineReader.Found found = reader.next(); found != LineReader.Found.END; found = reader.next()) {
            Optional<IngestRecord> record = found == LineReader.Found.LINE ? toRecord.apply(reader) : Optional.empty();
            if (record.isPresent()) {
                return record;
            }
        }
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
