package io.failovertimeline.publish;

import io.failovertimeline.model.EventKind;
import io.failovertimeline.publish.TextStory.Row;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Chooses the lines of a story that tell it on one screen: what proves the cause, what ends a phase, and of the rest the weightiest,
 * of each member and kind the first before any second.
 */
final class StoryDigest {

    /** What weighs most first; what is not named here comes after. */
    private static final List<EventKind> WEIGHT = List.of(
            EventKind.FAULT_SIGNAL,
            EventKind.SWITCHOVER_REQUESTED,
            EventKind.FAILOVER_REQUESTED,
            EventKind.RESTART_REQUESTED,
            EventKind.LOCK_RELEASED,
            EventKind.LOCK_LOST,
            EventKind.DEMOTED,
            EventKind.DEMOTION_STARTED,
            EventKind.FAILSAFE,
            EventKind.PROMOTION_FAILED,
            EventKind.PAUSE,
            EventKind.REFUSED,
            EventKind.LEADER_UNREACHABLE,
            EventKind.LOCK_ACQUIRED,
            EventKind.PROMOTED,
            EventKind.READY_RW,
            EventKind.BACKEND_DOWN,
            EventKind.BACKEND_UP,
            EventKind.STREAM_STARTED,
            EventKind.STREAM_LOST,
            EventKind.DCS_LOST,
            EventKind.DCS_BACK,
            EventKind.CRASH_RECOVERY,
            EventKind.REWIND);

    private record Said(String member, Optional<EventKind> kind) {}

    private record Rank(boolean ofNoUse, boolean again, int weight, int place) {

        private static final Comparator<Rank> ORDER = Comparator.comparing(Rank::ofNoUse)
                .thenComparing(Rank::again)
                .thenComparing(Rank::weight)
                .thenComparing(Rank::place);
    }

    private StoryDigest() {}

    /** At most {@code most} of {@code rows}, in their order. */
    static List<Row> of(List<Row> rows, int most) {
        Set<Said> said = new HashSet<>();
        List<Rank> ranks = IntStream.range(0, rows.size())
                .mapToObj(i -> rank(rows.get(i), said, i))
                .sorted(Rank.ORDER)
                .toList();
        Set<Integer> places = new TreeSet<>();
        ranks.stream().limit(most).forEach(rank -> places.add(rank.place()));
        return places.stream().map(rows::get).toList();
    }

    private static Rank rank(Row row, Set<Said> said, int place) {
        boolean again = !said.add(new Said(row.member(), row.kind()));
        int weight = row.kind().map(WEIGHT::indexOf).orElse(-1);
        return new Rank(!row.isKey(), again, weight < 0 ? WEIGHT.size() : weight, place);
    }
}
