package io.failovertimeline.stream;

import io.failovertimeline.decode.state.StateFact;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.LineClass;
import java.util.List;

/**
 * What became of one record of a log topic.
 *
 * @param lines its lines, mostly one, but for those that can't be read
 * @param others how what is not among these is counted: lines that can't be read, a state dump, settings
 * @param facts what it says of instants, if it is a state dump
 * @param settings a cluster's settings, if it states them
 * @param deadLetters what could not be used of it
 */
record LogReading(
        List<PhysicalLine> lines,
        List<LineClass> others,
        List<StateFact> facts,
        List<ClusterSettings> settings,
        List<DeadLetter> deadLetters) {}
