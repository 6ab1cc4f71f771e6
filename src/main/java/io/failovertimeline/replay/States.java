package io.failovertimeline.replay;

import io.failovertimeline.correlate.EvidenceSet;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.Surroundings;
import io.failovertimeline.decode.state.Lead;
import io.failovertimeline.decode.state.StateDump;
import io.failovertimeline.decode.state.StateFacts;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.StateSample;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Keeps what state dumps show, the first by their place if they are many, and gives what they say of instants as evidence. */
final class States {

    /** Dumps kept. */
    private static final int MOST = 500;

    private final Surroundings surroundings;
    private final EvidenceSet evidence;
    private final TreeSet<StateSample> samples = new TreeSet<>(Comparator.comparing(StateSample::origin));

    States(Surroundings surroundings, EvidenceSet evidence) {
        this.surroundings = surroundings;
        this.evidence = evidence;
    }

    void add(RecordReader.Dump dump, String input, Tally tally) {
        StateDump state = dump.state();
        tally.dump(
                state.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                dump.block().lines());
        Hints ofInput = surroundings.hintsForDump(input, Optional.empty()).at(dump.firstLine());
        Optional<Lead> lead = dump.lead(ofInput);
        Hints hints = surroundings.hintsForDump(input, lead.flatMap(Lead::host).or(ofInput::host));
        samples.add(new StateSample(
                state.cluster().orElseGet(() -> surroundings.clusterOf(about(state, hints), input)),
                state.kind(),
                hints.host(),
                lead.flatMap(Lead::takenAt),
                state.rows().stream().map(StateDump.Row::fields).toList(),
                Origin.line(input, dump.firstLine())));
        if (samples.size() > MOST) {
            samples.pollLast();
        }
        StateFacts.of(state, hints)
                .forEach(fact -> evidence.add(fact.event(
                        fact.cluster().orElseGet(() -> surroundings.clusterOf(fact.about(), input)),
                        Origin.line(input, dump.lineOf(fact.line())))));
    }

    /** The member that the dump names first, else the one whose dump it is. */
    private static Optional<String> about(StateDump state, Hints hints) {
        return state.rows().stream()
                .flatMap(row -> row.field("member").or(() -> row.field("new_leader")).stream())
                .findFirst()
                .or(hints::host);
    }

    List<StateSample> samples() {
        return List.copyOf(samples);
    }
}
