package io.failovertimeline.ingest;

import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PriorityQueue;

/** Merges sources by event time. Within a source the order stays; a record without a time follows the one before it. */
final class ByEventTime implements Iterator<IngestRecord> {

    private final PriorityQueue<Source> sources =
            new PriorityQueue<>(Comparator.comparing(Source::at).thenComparing(Source::place));

    /** Whose head was given last: its next record is looked for when it is asked for. */
    private Optional<Source> given = Optional.empty();

    /** A source and the record at its head. */
    private record Source(Instant at, int place, IngestRecord head, Iterator<IngestRecord> rest) {}

    ByEventTime(List<Iterator<IngestRecord>> unmerged) {
        for (int place = 0; place < unmerged.size(); place++) {
            advance(unmerged.get(place), place, Instant.MIN);
        }
    }

    private void advance(Iterator<IngestRecord> source, int place, Instant before) {
        if (source.hasNext()) {
            IngestRecord head = source.next();
            sources.add(new Source(head.at().orElse(before), place, head, source));
        }
    }

    @Override
    public boolean hasNext() {
        given.ifPresent(last -> advance(last.rest(), last.place(), last.at()));
        given = Optional.empty();
        return !sources.isEmpty();
    }

    @Override
    public IngestRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Source first = sources.remove();
        given = Optional.of(first);
        return first.head();
    }
}
