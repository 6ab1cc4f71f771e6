package io.failovertimeline.ingest;

import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.load.GivenLoads;
import io.failovertimeline.model.Problem;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads inputs as records of the input topics, merged by event time. */
@FunctionalInterface
public interface Feed {

    /**
     * The records, in order of event time where it is known. The iterator throws {@link java.io.UncheckedIOException} where reading
     * fails on the way.
     *
     * @param paths files, folders, or {@code -} for standard input
     * @param zones the zone of local times; empty if the input is to tell
     * @param given the user's word on load results
     * @param cluster the cluster of all records; empty if the input is to tell
     * @param problems is told of inputs and lines that can't be sent, those found on the way while the iterator is read
     * @throws IOException if an input can't be read at all; the message names it
     */
    Iterator<IngestRecord> open(
            List<String> paths,
            GivenZones zones,
            GivenLoads given,
            Optional<String> cluster,
            Consumer<Problem> problems)
            throws IOException;
}
