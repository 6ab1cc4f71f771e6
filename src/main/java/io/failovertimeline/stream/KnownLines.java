package io.failovertimeline.stream;

import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.Skim;
import io.failovertimeline.decode.Skimmer;
import io.failovertimeline.decode.Suspects;
import io.failovertimeline.decode.Telling;
import io.failovertimeline.model.LineClass;
import io.failovertimeline.model.Precision;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Knows lines by their bytes, without decoding them: those of programs outside the catalog, which are most of a host's; those that prove nothing,
 * as others that only differ in digits did not; and heartbeats that go on with a run. Keeps the last line of a source if it proves nothing:
 * text below may belong to it. For one partition.
 */
final class KnownLines {

    /** Where a time without a year is that far from the one before, the skimmer is told anew what year to expect. */
    private static final Duration FAR = Duration.ofDays(30);

    /** Zones of local times in one partition; more are skimmed less well. */
    private static final int MOST_ZONES = 16;

    private static final int RUN_BITS = 14;
    private static final int IDLE_BITS = 10;

    private static final Optional<LineClass> UNRELATED = Optional.of(LineClass.UNRELATED);

    private final int mostSources;
    private final Suspects suspects = new Suspects();
    private final Map<String, PhysicalLine> last = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<ZoneId, Zone> zones = new LinkedHashMap<>(16, 0.75f, true);

    /** Whose line was skimmed last, if it could be read. */
    private Optional<Zone> at = Optional.empty();

    /** Lines whose local times are of one zone. */
    private static final class Zone {
        private final Instant near;
        private final Skimmer skimmer;
        private final Skim skim = new Skim();
        private final Optional<Zone> itself = Optional.of(this);
        private final Skim withoutDigits = new Skim();
        private final @Nullable KnownRun[] runs = new @Nullable KnownRun[1 << RUN_BITS];
        private final @Nullable Idle[] idle = new @Nullable Idle[1 << IDLE_BITS];

        Zone(ZoneId zone, Instant near) {
            this.near = near;
            skimmer = new Skimmer(new Hints(Optional.empty(), zone, new TreeMap<>(), Optional.of(near)));
        }

        boolean isFarFrom(Instant instant) {
            return Duration.between(near, instant).abs().compareTo(FAR) > 0;
        }

        /** The run of the line, of which two have this place or the one beside. */
        @Nullable
        KnownRun run(LogReading reading, PhysicalLine line) {
            int slot = slot(reading, line);
            @Nullable KnownRun likely = runs[slot];
            if (likely == null || likely.isOf(skim, reading, line)) {
                return likely;
            }
            @Nullable KnownRun other = runs[slot ^ 1];
            return other != null && other.isOf(skim, reading, line) ? other : null;
        }

        void remember(LogReading reading, PhysicalLine line, KnownRun run) {
            int slot = slot(reading, line);
            runs[slot ^ 1] = runs[slot];
            runs[slot] = run;
        }

        private int slot(LogReading reading, PhysicalLine line) {
            long said = 31 * ((31 * skim.fingerprint()) + line.hints().host().hashCode())
                    + reading.source().hashCode();
            return mixed(said, RUN_BITS);
        }

        Optional<LineClass> provesNothing() {
            if (skim.isUnrelated()) {
                return UNRELATED;
            }
            Optional<Skim> masked = withoutDigits();
            @Nullable Idle known = masked.isEmpty() ? null : idle[idleSlot()];
            return known != null && masked.get().says(known.saying) ? known.what : Optional.empty();
        }

        void rememberIdle(LineClass what) {
            withoutDigits().ifPresent(masked -> idle[idleSlot()] = new Idle(masked.saying(), Optional.of(what)));
        }

        /** None of what lines in envelopes of their own may belong to. */
        private Optional<Skim> withoutDigits() {
            return skim.mayGoOn() ? Optional.empty() : skim.withoutDigits(withoutDigits);
        }

        private int idleSlot() {
            return mixed(withoutDigits.fingerprint(), IDLE_BITS);
        }

        private static int mixed(long said, int bits) {
            return (int) ((said * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - bits));
        }
    }

    /** What lines are that prove nothing, whatever digits stand in them. */
    private record Idle(Skim.Saying saying, Optional<LineClass> what) {}

    /** A run by what its lines say. Which cluster it is of and whose lines they are hangs on a record's headers as well. */
    private record KnownRun(
            Skim.Saying saying,
            Precision precision,
            String source,
            Optional<String> host,
            Optional<String> cluster,
            OpenRuns.Run run) {

        boolean isOf(Skim skim, LogReading reading, PhysicalLine line) {
            return skim.says(saying)
                    && precision == skim.precision()
                    && source.equals(reading.source())
                    && host.equals(line.hints().host())
                    && cluster.equals(reading.cluster());
        }
    }

    /** Keeps the last lines of so many sources, of those that were read last. */
    KnownLines(int mostSources) {
        this.mostSources = mostSources;
    }

    /** Looks at {@code line}, of which the other methods tell until the next one. */
    void read(PhysicalLine line) {
        Zone zone = zone(line.hints());
        zone.skimmer.suspect(suspects.names());
        boolean isRead = zone.skimmer.reads(line.value(), line.from(), line.to(), false, zone.skim)
                || zone.skimmer.readsPatronis(line.value(), line.from(), line.to(), zone.skim);
        at = isRead ? zone.itself : Optional.empty();
    }

    /** The next line is not looked at. */
    void skip() {
        at = Optional.empty();
    }

    /** What the line is if it proves nothing, as far as that is known; then it is the last of {@code source}. */
    Optional<LineClass> provesNothing(String source, PhysicalLine line) {
        Optional<LineClass> idle = at.isEmpty() ? Optional.empty() : at.get().provesNothing();
        if (idle.isPresent()) {
            last.put(source, line);
            if (last.size() > mostSources) {
                last.remove(last.keySet().iterator().next());
            }
        }
        return idle;
    }

    /** The line was decoded: it is {@code what}, and proves nothing, whatever digits stand in it. */
    void rememberIdle(LineClass what) {
        at.ifPresent(zone -> zone.rememberIdle(what));
    }

    /** The run that the line goes on with, which has taken note of it. */
    Optional<OpenRuns.Run> goesOn(LogReading reading, PhysicalLine line) {
        if (at.isEmpty()) {
            return Optional.empty();
        }
        Zone zone = at.get();
        @Nullable KnownRun known = zone.run(reading, line);
        return known != null
                        && known.run.goesOn(
                                zone.skim.second(),
                                zone.skim.nano(),
                                reading.origin().position())
                ? Optional.of(known.run)
                : Optional.empty();
    }

    /** The line was decoded, and goes on with {@code run}. */
    void remember(LogReading reading, PhysicalLine line, OpenRuns.Run run) {
        // Where hosts have zones of their own, the skimmer does not know that of the one that a header names.
        at.filter(zone -> line.hints().zoneByHost().isEmpty() && run.isAt(zone.skim.second(), zone.skim.nano()))
                .ifPresent(zone -> zone.remember(
                        reading,
                        line,
                        new KnownRun(
                                zone.skim.saying(),
                                zone.skim.precision(),
                                reading.source(),
                                line.hints().host(),
                                reading.cluster(),
                                run)));
    }

    private Zone zone(Hints hints) {
        @Nullable Zone known = zones.get(hints.zone());
        if (known != null && hints.near().filter(known::isFarFrom).isEmpty()) {
            return known;
        }
        Zone zone = new Zone(hints.zone(), hints.near().orElse(Instant.EPOCH));
        zones.put(hints.zone(), zone);
        if (zones.size() > MOST_ZONES) {
            zones.remove(zones.keySet().iterator().next());
        }
        return zone;
    }

    /** Nothing belongs to what was the last line of {@code source}. */
    void forgetLast(String source) {
        last.remove(source);
    }

    /** The last line of {@code source}, if it was kept; it no longer is. */
    Optional<PhysicalLine> giveLast(String source) {
        return Optional.ofNullable(last.remove(source));
    }

    /** A line was decoded: that may tell of others under the same name that they are not unrelated. */
    void heard(Decoded.Line line) {
        suspects.heard(line);
    }

    /** The same of a record that was open when the task stopped. */
    void heard(Telling open) {
        suspects.heard(open.stream().channel(), open.line().component());
    }
}
