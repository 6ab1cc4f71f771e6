package io.failovertimeline.stream;

import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.state.StateFact;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.LineClass;
import java.util.List;

/**
 * What became of one record of a log topic.
 *
 * @param value its bytes
 * @param hints what is known of its source; nothing where it has no lines
 * @param lines its lines, mostly one, but for those that can't be read
 * @param others how what is no line of it is counted
 * @param facts what it says of instants, if it is a state dump
 * @param settings a cluster's settings, if it states them
 * @param deadLetters what could not be used of it
 */
@SuppressWarnings("ArrayRecordComponent") // handed on to the next processor, never compared
record LogReading(
        byte[] value,
        Hints hints,
        List<PhysicalLine> lines,
        List<LineClass> others,
        List<StateFact> facts,
        List<ClusterSettings> settings,
        List<DeadLetter> deadLetters) {}
