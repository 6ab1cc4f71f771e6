package io.failovertimeline.replay;

import io.failovertimeline.correlate.EvidenceSet;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.Skimmer;
import io.failovertimeline.decode.Surroundings;
import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.recognize.Recognizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads log inputs, one after the other.
 *
 * @param evidence takes what their records prove
 * @param coverages is told when hosts were seen
 * @param states takes what state dumps show
 * @param unknown is shown what no catalog entry takes
 * @param balancers takes requests that a load balancer logged
 */
record LogReading(
        Recognizer recognizer,
        Surroundings surroundings,
        EvidenceSet evidence,
        Coverages coverages,
        States states,
        UnknownListener unknown,
        BalancerRequests balancers) {

    /** Notes that the host of {@code member}, which had fallen silent, went on: another wrote {@code line} there. */
    void wroteBeside(String member, LogLine line) {
        TreeMap<String, String> fields = new TreeMap<>(Map.of("member", member));
        line.host().ifPresent(speaker -> fields.put("speaker", speaker));
        line.writer().pid().ifPresent(pid -> fields.put("pid", Long.toString(pid)));
        Optional<String> host = Optional.of(member);
        line.stamp()
                .ifPresent(stamp -> evidence.add(new ClusterEvent(
                        surroundings.clusterOf(host, line.origin().source()),
                        stamp.at(),
                        stamp.precision(),
                        List.of(EventKind.HOST_WENT_ON),
                        host,
                        "host.went-on",
                        fields,
                        line.message(),
                        line.origin())));
    }

    /** Opens {@code input}, and tells {@code progress} how far it is read. */
    RecordReader open(Input input, ProgressListener progress) {
        Hints hints = surroundings.hintsFor(input.name(), input.fileDate());
        return RecordReader.ofLog(
                hints.isDivided() ? input.open(progress) : input.skimmed(new Skimmer(hints), progress));
    }

    /** Reads the whole of {@code input}, whose records {@code reader} gives. */
    Tally read(Input input, RecordReader reader) {
        return new InputReading(this, input, reader).read();
    }
}
