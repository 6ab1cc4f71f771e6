package io.failovertimeline.stream;

import io.failovertimeline.decode.state.StateFact;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.LineClass;
import io.failovertimeline.model.Origin;
import java.util.List;
import java.util.Optional;

/**
 * What one record of a log topic consists of.
 *
 * @param origin where it stands
 * @param source as of {@link RecordHints#sender()}
 * @param cluster that its headers name
 * @param lines its lines, mostly one
 * @param others how what is no line of it is counted
 * @param facts what it says of instants, if it is a state dump
 * @param settings a cluster's settings, if it states them
 * @param deadLetters what could not be used of it
 */
record LogReading(
        Origin origin,
        String source,
        Optional<String> cluster,
        List<PhysicalLine> lines,
        List<LineClass> others,
        List<StateFact> facts,
        List<ClusterSettings> settings,
        List<DeadLetter> deadLetters) {}
