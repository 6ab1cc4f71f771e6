package io.failovertimeline.stream;

import io.failovertimeline.correlate.Repetition;
import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Stamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Heartbeats that say the same again and again. A run of them is two pieces of evidence, however long: its first, and the latest, which
 * takes the place of the one before. Nothing of it is stored: what goes on after a restart is another run, and the correlator finds
 * that nothing is missing between them. Bounded: so are the runs that were not heard of for long.
 */
final class OpenRuns {

    private static final int MOST = 1 << 15;
    private static final int MIX = 0x9E3779B9;

    private final Map<Said, Run> runs = new LinkedHashMap<>(16, 0.75f, true);

    /** What makes two heartbeats the same, but for their times. */
    private record Said(String partition, String cluster, Optional<String> host, Precision precision, String message) {

        static Optional<Said> of(LogLine line, String cluster) {
            return line.stamp()
                    .map(stamp ->
                            new Said(line.origin().source(), cluster, line.host(), stamp.precision(), line.message()));
        }

        /** Names of hosts that differ in a digit are in all of the parts; mixed, they don't meet in one place. */
        @Override
        public int hashCode() {
            int mixed = MIX * message.hashCode();
            return mixed ^ mixed >>> 15;
        }
    }

    private record Run(String id, Repetition repetition) {

        Optional<Piece> with(LogLine line) {
            Instant at = line.stamp().map(Stamp::at).orElseThrow();
            return repetition.goesOn(
                            at.getEpochSecond(), at.getNano(), line.origin().position())
                    ? Optional.of(new Piece(id, repetition.last()))
                    : Optional.empty();
        }
    }

    /** What {@code line}, a whole record, proves if it goes on with a run; empty if it has to be recognized. */
    Optional<Piece> goOn(LogLine line, String cluster) {
        return Said.of(line, cluster)
                .flatMap(said -> Optional.ofNullable(runs.get(said)))
                .flatMap(run -> run.with(line));
    }

    /** A whole record was recognized: if {@code first} is a heartbeat, it may begin a run. */
    void begin(LogLine line, String cluster, Piece first) {
        if (first.evidence() instanceof ClusterEvent event && event.kind() == EventKind.HEARTBEAT) {
            Said.of(line, cluster).ifPresent(said -> runs.put(said, new Run(first.id() + "+", Repetition.of(event))));
            if (runs.size() > MOST) {
                runs.remove(runs.keySet().iterator().next());
            }
        }
    }
}
