package io.failovertimeline.stream;

import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.Skim;
import io.failovertimeline.decode.Skimmer;
import io.failovertimeline.decode.Suspects;
import io.failovertimeline.decode.Telling;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Knows the lines of programs outside the catalog, which are most of a host's, by their bytes, and keeps the last line of a source if
 * it is one: text below may belong to it. For one partition.
 */
final class UnrelatedLines {

    /** Where a time without a year is that far from the one before, the skimmer is told anew what year to expect. */
    private static final Duration FAR = Duration.ofDays(30);

    private final int mostSources;
    private final Suspects suspects = new Suspects();
    private final Skim skim = new Skim();
    private final Map<String, PhysicalLine> last = new LinkedHashMap<>(16, 0.75f, true);
    private Instant near = Instant.MIN;
    private Skimmer skimmer = new Skimmer(Hints.none());

    /** Keeps the last lines of so many sources, of those that were read last. */
    UnrelatedLines(int mostSources) {
        this.mostSources = mostSources;
    }

    /** Whether {@code line} is one; then it is the last of {@code source}. */
    boolean take(String source, PhysicalLine line) {
        line.hints().near().ifPresent(this::expect);
        skimmer.suspect(suspects.names());
        boolean isUnrelated = skimmer.reads(line.value(), line.from(), line.to(), false, skim) && skim.isUnrelated();
        if (isUnrelated) {
            last.put(source, line);
            if (last.size() > mostSources) {
                last.remove(last.keySet().iterator().next());
            }
        }
        return isUnrelated;
    }

    /** Which host wrote a line, and in which zone, does not count here. */
    private void expect(Instant instant) {
        if (near.equals(Instant.MIN) || Duration.between(near, instant).abs().compareTo(FAR) > 0) {
            near = instant;
            skimmer = new Skimmer(new Hints(Optional.empty(), ZoneOffset.UTC, new TreeMap<>(), Optional.of(instant)));
        }
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
