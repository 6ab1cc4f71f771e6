package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.HEARTBEAT;

import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Step;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Picks the lines that tell an incident: all turning points, and of what repeats, the first. */
final class Story {

    private static final Set<EventKind> SAID_ONCE = Set.of(
            HEARTBEAT,
            EventKind.LEADER_UNREACHABLE,
            EventKind.DCS_LOST,
            EventKind.DCS_BACK,
            EventKind.DCS_ELECTION,
            EventKind.BACKEND_DOWN,
            EventKind.BACKEND_UP,
            EventKind.CLIENT_ERROR,
            EventKind.LEADER_RACE,
            EventKind.REFUSED,
            EventKind.STREAM_LOST,
            EventKind.RESTARTING,
            EventKind.LOOP_TIME_EXCEEDED);

    private final List<Entry> entries = new ArrayList<>();

    private record Said(String writer, String rule, String about) {}

    private Story() {}

    /**
     * @param told what happened in the incident's time, in order
     * @param indispensable entries that stay even if they repeat others or lie outside of it
     */
    static Story of(Collection<Entry> told, Collection<Entry> indispensable) {
        Story story = new Story();
        Set<Said> said = new HashSet<>();
        Set<Entry> kept = new HashSet<>(indispensable);
        SortedMap<io.failovertimeline.model.ClusterEvent, Entry> inOrder = new TreeMap<>();
        indispensable.forEach(entry -> inOrder.put(entry.event(), entry));
        for (Entry entry : told) {
            EventKind kind = entry.event().kind();
            Said words = new Said(entry.writer().orElse(""), entry.event().rule(), about(entry));
            boolean isSaidOnce = SAID_ONCE.contains(kind)
                    || Signs.ofExhaustion(entry)
                    || entry.event().fromState();
            boolean repeats = isSaidOnce && !said.add(words);
            if (kind != EventKind.NOISE && !repeats && kept.add(entry)) {
                inOrder.put(entry.event(), entry);
            }
        }
        story.entries.addAll(inOrder.values());
        return story;
    }

    private static String about(Entry entry) {
        return entry.peer().orElse("")
                + entry.event().field("backend").orElse("")
                + entry.event().field("server").orElse("")
                + (entry.event().fromState() ? entry.event().fields() : "");
    }

    List<Step> steps() {
        return entries.stream().map(Entry::step).toList();
    }

    /** The places of {@code proofs} among the steps. */
    List<Integer> indexesOf(Collection<Entry> proofs) {
        return proofs.stream()
                .map(entries::indexOf)
                .filter(index -> index >= 0)
                .sorted()
                .distinct()
                .toList();
    }
}
