package io.failovertimeline.correlate;

import io.failovertimeline.model.ClockStep;
import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.Component;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A clock that may have been put forward: a host wrote nothing for long by its own clock, and then goes on as if nothing had been.
 * Its own lines can't tell that from a real silence, as of a virtual machine that was paused: only other hosts can.
 *
 * @param before the last line before the silence
 * @param after the first line after it
 */
record Leap(Entry before, Entry after) implements HostStep {

    /** Patroni is silent for less where it is only slow. */
    private static final Duration LEAST = Duration.ofMinutes(1);

    /** A host that is silent more often says little at all. */
    private static final int MOST = 8;

    /** Where a host of which {@code ofHost} are the lines, in order of time, is silent for long while Patroni runs there. */
    static List<Leap> among(List<Entry> ofHost) {
        List<Leap> leaps = new ArrayList<>();
        for (int i = 1; i < ofHost.size(); i++) {
            Leap leap = new Leap(ofHost.get(i - 1), ofHost.get(i));
            boolean isSilence = leap.silence().compareTo(LEAST) > 0
                    && !leap.after.since().isBefore(leap.before.at().plus(LEAST));
            if (isSilence && leap.isAmongPatronis(ofHost, i)) {
                leaps.add(leap);
            }
        }
        return leaps.size() <= MOST ? leaps : List.of();
    }

    /** Whether Patroni spoke right before and right after, and nothing was started. */
    private boolean isAmongPatronis(List<Entry> ofHost, int place) {
        boolean spokeBefore = ofHost.subList(0, place).stream()
                .filter(entry -> !entry.at().isBefore(before.at().minus(Runs.LONGEST_PAUSE)))
                .anyMatch(entry -> entry.from(Component.PATRONI));
        List<Entry> next = ofHost.subList(place, ofHost.size()).stream()
                .takeWhile(entry -> entry.at().isBefore(after.at().plus(Runs.LONGEST_PAUSE)))
                .toList();
        return spokeBefore
                && next.stream().anyMatch(entry -> entry.from(Component.PATRONI))
                && next.stream()
                        .filter(entry -> entry.at().isBefore(after.at().plus(BackStep.SETTLING)))
                        .noneMatch(Signs::ofStart);
    }

    private Duration silence() {
        return Duration.between(before.at(), after.at());
    }

    @Override
    public ClockStep.Direction direction() {
        return ClockStep.Direction.FORWARD;
    }

    @Override
    public Side sideOf(ClusterEvent event) {
        return event.at().isAfter(before.at()) ? Side.AFTER : Side.BEFORE;
    }

    /** Patroni makes no longer pause. */
    @Override
    public Duration by() {
        return atMost().minus(Runs.LONGEST_PAUSE);
    }

    @Override
    public Duration atMost() {
        return silence();
    }
}
