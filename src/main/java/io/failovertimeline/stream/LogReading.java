package io.failovertimeline.stream;

import io.failovertimeline.decode.state.StateFact;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.LogLine;
import java.util.List;

/**
 * What became of one record of a log topic.
 *
 * @param lines its log lines, mostly one
 * @param facts what it says of instants, if it is a state dump
 * @param settings a cluster's settings, if it states them
 * @param deadLetters what could not be used of it
 */
record LogReading(
        List<LogLine> lines, List<StateFact> facts, List<ClusterSettings> settings, List<DeadLetter> deadLetters) {}
