package io.failovertimeline.ingest;

import java.io.IOException;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Reads inputs as records of the input topics, merged by event time. */
@FunctionalInterface
public interface Feed {

    /**
     * The records, in order of event time where it is known. The iterator throws {@link java.io.UncheckedIOException} where reading
     * fails on the way.
     *
     * @param paths files, folders, or {@code -} for standard input
     * @param zone the zone of local times; empty if the input is to tell
     * @param cluster the cluster of all records; empty if the input is to tell
     * @throws IOException if an input can't be read at all; the message names it
     */
    Iterator<IngestRecord> open(List<String> paths, Optional<ZoneId> zone, Optional<String> cluster) throws IOException;
}
