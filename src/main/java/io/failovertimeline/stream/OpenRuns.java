package io.failovertimeline.stream;

import io.failovertimeline.correlate.Repetition;
import io.failovertimeline.decode.RoundPace;
import io.failovertimeline.decode.Telling;
import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Heartbeats that say the same again and again. A run of them is two pieces of evidence, however long: its first, and the latest, which
 * takes the place of the one before. Of a run itself nothing is stored: what goes on after a restart is another run, and the correlator finds
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

    /** An unbroken one. */
    static final class Run {
        private final String id;
        private final Telling.Stream stream;
        private final String cluster;
        private final String member;
        private final Repetition repetition;
        private long toldAt = Long.MIN_VALUE;

        /** Of a clock that tells less than a second. */
        private final Optional<RoundPace> pace;

        private long toldPace;

        private Run(String id, Telling.Stream stream, String cluster, ClusterEvent first) {
            this.id = id;
            this.stream = stream;
            this.cluster = cluster;
            member = first.host().orElse(first.text());
            repetition = Repetition.of(first);
            pace = Optional.of(first)
                    .filter(event -> event.precision().unit().compareTo(Precision.SECONDS.unit()) < 0)
                    .map(event -> new RoundPace(event.at().toEpochMilli()));
        }

        /** See {@link Repetition#goesOn}. */
        boolean goesOn(long second, int nano, long position) {
            boolean goesOn = repetition.goesOn(second, nano, position);
            if (goesOn && pace.isPresent()) {
                pace.get().next(second * 1000 + nano / 1_000_000);
            }
            return goesOn;
        }

        /** Whether its latest heartbeat was written then: in seconds since 1970, and nanoseconds after. */
        boolean isAt(long second, int nano) {
            return repetition.isAt(second, nano);
        }

        Telling.Stream stream() {
            return stream;
        }

        String cluster() {
            return cluster;
        }

        /** It as it stands, told at {@code now}, in milliseconds. */
        Piece told(long now) {
            toldAt = now;
            return piece();
        }

        /** How far its member's rounds seem to be from each other, if it is not told yet; in place of what another run told of that member. */
        Optional<Piece> newPace() {
            long seconds = pace.map(RoundPace::seconds).orElse(0L);
            if (seconds == 0 || seconds == toldPace) {
                return Optional.empty();
            }
            toldPace = seconds;
            Duration every = Duration.ofSeconds(seconds);
            return Optional.of(new Piece("pace of " + member, ClusterSettings.estimate(cluster, every)));
        }

        Piece piece() {
            return new Piece(id, repetition.last());
        }

        /** When it was told last, in milliseconds. */
        long toldAt() {
            return toldAt;
        }
    }

    /** There are none. */
    void clear() {
        runs.clear();
    }

    /** The run that {@code telling}, a whole record, goes on with; empty if it has to be recognized. */
    Optional<Run> goOn(Telling telling, String cluster) {
        LogLine line = telling.line();
        return Said.of(line, cluster)
                .flatMap(said -> Optional.ofNullable(runs.get(said)))
                .filter(run -> {
                    Instant at = line.stamp().map(Stamp::at).orElseThrow();
                    return run.goesOn(
                            at.getEpochSecond(), at.getNano(), line.origin().position());
                });
    }

    /** {@code telling}, a whole record, was recognized: if {@code first} is a heartbeat, it may begin a run. */
    Optional<Run> begin(Telling telling, String cluster, Piece first) {
        if (!(first.evidence() instanceof ClusterEvent event) || event.kind() != EventKind.HEARTBEAT) {
            return Optional.empty();
        }
        Optional<Run> begun = Said.of(telling.line(), cluster).map(said -> {
            Run run = new Run(first.id() + "+", telling.stream(), cluster, event);
            runs.put(said, run);
            return run;
        });
        if (runs.size() > MOST) {
            runs.remove(runs.keySet().iterator().next());
        }
        return begun;
    }
}
