package io.failovertimeline.publish;

import static java.util.stream.Collectors.joining;

import io.failovertimeline.model.EventKind;
import io.failovertimeline.publish.TextStory.Row;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Folds runs of routine lines into one each, so that the turning points of a story stand out. Of what a member says of one kind of
 * routine, and of what all say of the DCS, the first and the last line stay, and so does every proof.
 */
final class StoryDigest {

    private static final Set<EventKind> ROUTINE = EnumSet.of(
            EventKind.HEARTBEAT,
            EventKind.RESTARTING,
            EventKind.REWIND,
            EventKind.REINIT,
            EventKind.CRASH_RECOVERY,
            EventKind.CLIENT_ERROR,
            EventKind.DCS_LOST,
            EventKind.DCS_BACK,
            EventKind.DCS_ELECTION,
            EventKind.LEADER_UNREACHABLE,
            EventKind.STREAM_LOST,
            EventKind.PROMOTION_STARTED,
            EventKind.FOLLOWING,
            EventKind.SYNC_CHANGED,
            EventKind.WATCHDOG,
            EventKind.REFUSED,
            EventKind.RACE_LOST,
            EventKind.LOOP_TIME_EXCEEDED);

    /** What many say at once, each of each. */
    private static final Set<EventKind> SAID_BY_ALL =
            EnumSet.of(EventKind.DCS_LOST, EventKind.DCS_BACK, EventKind.DCS_ELECTION);

    private static final int LEAST_FOLDED = 2;

    private record Said(String member, Optional<EventKind> kind) {
        static Said by(Row row) {
            boolean byAll = row.kind().filter(SAID_BY_ALL::contains).isPresent();
            return new Said(byAll ? "" : row.member(), row.kind());
        }
    }

    private StoryDigest() {}

    static List<Row> of(List<Row> rows) {
        Map<Said, Integer> first = new HashMap<>();
        Map<Said, Integer> last = new HashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            Said said = Said.by(rows.get(i));
            first.putIfAbsent(said, i);
            last.put(said, i);
        }
        List<Row> shown = new ArrayList<>();
        List<Row> folded = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            Said said = Said.by(row);
            boolean stays = row.isProof()
                    || row.kind().filter(ROUTINE::contains).isEmpty()
                    || first.getOrDefault(said, i) == i
                    || last.getOrDefault(said, i) == i;
            if (stays) {
                shown.addAll(folded(folded));
                folded.clear();
                shown.add(row);
            } else {
                folded.add(row);
            }
        }
        shown.addAll(folded(folded));
        return shown;
    }

    private static List<Row> folded(List<Row> run) {
        if (run.size() < LEAST_FOLDED) {
            return List.copyOf(run);
        }
        List<String> members = run.stream().map(Row::member).distinct().toList();
        String about = run.stream()
                .flatMap(row -> row.kind().stream())
                .distinct()
                .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(joining(", "));
        String member = members.size() == 1 ? members.get(0) : "";
        return List.of(new Row(false, "", member, Optional.empty(), "… " + run.size() + " more: " + about, ""));
    }
}
