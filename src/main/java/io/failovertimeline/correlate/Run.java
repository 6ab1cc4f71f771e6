package io.failovertimeline.correlate;

import io.failovertimeline.model.ClusterEvent;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is kept of an unbroken run of lines that say the same: of each source in which it stands the first and the last by time and by
 * place. They are the same two lines, unless the clock was put back within the run.
 */
final class Run {

    /** A logger may write lines this much out of order. */
    private static final Duration JITTER = Duration.ofSeconds(1);

    private final List<Extent> extents;

    private Run(List<Extent> extents) {
        this.extents = extents;
    }

    static Run of(ClusterEvent first, ClusterEvent last) {
        return new Run(List.of(new Extent(first, last, topmost(first, last), lowest(first, last))));
    }

    Run with(Run other) {
        return new Run(Stream.concat(extents.stream(), other.extents.stream())
                .collect(Collectors.toMap(Extent::place, extent -> extent, Extent::with, TreeMap::new))
                .values()
                .stream()
                .toList());
    }

    /** Its first line by time. */
    ClusterEvent first() {
        return extents.stream()
                .map(Extent::earliest)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Its last line by time. */
    ClusterEvent last() {
        return extents.stream()
                .map(Extent::latest)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /**
     * Its first line and its last, which has with it how long the run was. Where times of a source go back within it, also the ends of
     * each part, which count only if the clock was put back.
     */
    Stream<ClusterEvent> ends() {
        return Stream.concat(
                ends(first(), last()),
                extents.stream().filter(Extent::turns).flatMap(Extent::ends).map(ClusterEvent::atTurn));
    }

    private static Stream<ClusterEvent> ends(ClusterEvent first, ClusterEvent last) {
        if (last.equals(first)) {
            return Stream.of(first);
        }
        // That nothing was missing in between can't be seen from the ends alone.
        return Stream.of(first, last.fromState() ? last : last.endingRunOf(Duration.between(first.at(), last.at())));
    }

    private static ClusterEvent topmost(ClusterEvent a, ClusterEvent b) {
        return Extent.BY_PLACE.compare(a, b) <= 0 ? a : b;
    }

    private static ClusterEvent lowest(ClusterEvent a, ClusterEvent b) {
        return Extent.BY_PLACE.compare(a, b) >= 0 ? a : b;
    }

    /** The part of a run that stands in one source. */
    private record Extent(ClusterEvent earliest, ClusterEvent latest, ClusterEvent topmost, ClusterEvent lowest) {

        static final Comparator<ClusterEvent> BY_PLACE = Comparator.<ClusterEvent>comparingLong(
                        event -> event.origin().position())
                .thenComparing(Comparator.naturalOrder());

        Sequence.Place place() {
            return Sequence.Place.of(earliest);
        }

        boolean turns() {
            return isPutBack(topmost, earliest) || isPutBack(latest, lowest);
        }

        /** In order of their places; one that goes on with those above it says since when. */
        Stream<ClusterEvent> ends() {
            List<ClusterEvent> corners = Stream.of(topmost, earliest, latest, lowest)
                    .distinct()
                    .sorted(BY_PLACE)
                    .toList();
            return IntStream.range(0, corners.size())
                    .mapToObj(i -> i == 0 || isPutBack(corners.get(i - 1), corners.get(i))
                            ? corners.get(i)
                            : corners.get(i).endingRunOf(corners.get(i - 1)));
        }

        private static boolean isPutBack(ClusterEvent above, ClusterEvent below) {
            return below.at().plus(JITTER).isBefore(above.at());
        }

        Extent with(Extent other) {
            return new Extent(
                    earliest.compareTo(other.earliest) <= 0 ? earliest : other.earliest,
                    latest.compareTo(other.latest) >= 0 ? latest : other.latest,
                    Run.topmost(topmost, other.topmost),
                    Run.lowest(lowest, other.lowest));
        }
    }
}
