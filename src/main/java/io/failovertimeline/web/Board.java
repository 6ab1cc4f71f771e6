package io.failovertimeline.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.publish.PageJson;
import io.failovertimeline.stream.TimelineTail;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All incidents as they stand and who takes care of them, read from the topics anew by each process, so that nothing of its own can be
 * lost. Bounded: of more than fits, the oldest that are over are not shown.
 */
public final class Board implements TimelineTail.Listener {

    private static final long MOST_CHARACTERS = 64L << 20;
    private static final int MOST_INCIDENTS = 5_000;
    private static final List<String> ONLY_IN_FULL = List.of(
            "events", "undatedEvents", "lanes", "refusals", "clientOutages", "dangers", "dataLoss", "dualLeaders");

    private final Map<String, Entry> incidents = new TreeMap<>();
    private final Map<String, ObjectNode> acknowledgements = new TreeMap<>();
    private final Set<Changes> open = new HashSet<>();
    private final CountDownLatch complete = new CountDownLatch(1);
    private long characters;

    /**
     * An incident.
     *
     * @param summary without what only its own view shows
     * @param full as JSON
     */
    record Entry(ObjectNode summary, String full) {
        String startedAt() {
            return summary.path("startedAt").asText();
        }

        boolean isOpen() {
            return summary.path("state").asText().equals("OPEN");
        }
    }

    @Override
    public void step(ObjectNode step) {
        // The incident that the step belongs to comes along, in full.
    }

    @Override
    public void incident(String id, Optional<ObjectNode> json) {
        Optional<Entry> entry = json.map(Board::entry);
        synchronized (this) {
            remove(id);
            entry.ifPresent(added -> add(id, added));
            tell(entry.map(its -> new Change("incident", id, its.summary()))
                    .orElseGet(() -> new Change("withdrawn", id, ofId(id))));
        }
    }

    @Override
    public synchronized void acknowledgement(String id, Optional<ObjectNode> json) {
        json.ifPresentOrElse(its -> acknowledgements.put(id, its), () -> acknowledgements.remove(id));
        json.ifPresent(its -> tell(new Change("acknowledged", id, its)));
        while (acknowledgements.size() > 2 * MOST_INCIDENTS) {
            acknowledgements.remove(acknowledgements.keySet().iterator().next());
        }
    }

    @Override
    public void caughtUp() {
        complete.countDown();
    }

    /** Waits until all that was in the topics at the start is here; tells whether it is. */
    public boolean awaitComplete(long seconds) throws InterruptedException {
        return complete.await(seconds, TimeUnit.SECONDS);
    }

    boolean isComplete() {
        return complete.getCount() == 0;
    }

    synchronized Optional<String> full(String id) {
        return Optional.ofNullable(incidents.get(id)).map(Entry::full);
    }

    /** Summaries, the latest first. */
    synchronized List<ObjectNode> summaries() {
        return incidents.values().stream()
                .sorted(Comparator.comparing(Entry::startedAt).reversed())
                .map(Entry::summary)
                .toList();
    }

    synchronized Optional<ObjectNode> acknowledgementOf(String id) {
        return Optional.ofNullable(acknowledgements.get(id));
    }

    /** All there is, and from then on each change, for one who follows. */
    synchronized Changes follow() {
        Changes changes = new Changes();
        incidents.forEach((id, entry) -> changes.add(new Change("incident", id, entry.summary())));
        acknowledgements.forEach((id, json) -> {
            if (incidents.containsKey(id)) {
                changes.add(new Change("acknowledged", id, json));
            }
        });
        changes.allOfNow();
        open.add(changes);
        return changes;
    }

    synchronized void leave(Changes changes) {
        open.remove(changes);
    }

    private void tell(Change change) {
        open.forEach(changes -> changes.add(change));
    }

    private void add(String id, Entry entry) {
        incidents.put(id, entry);
        characters += entry.full().length();
        while (incidents.size() > 1 && (characters > MOST_CHARACTERS || incidents.size() > MOST_INCIDENTS)) {
            forgetOldest(incidents.entrySet());
        }
    }

    private void forgetOldest(Collection<Map.Entry<String, Entry>> all) {
        String oldest = all.stream()
                .min(Comparator.comparing((Map.Entry<String, Entry> entry) ->
                                entry.getValue().isOpen())
                        .thenComparing(entry -> entry.getValue().startedAt())
                        .thenComparing(Map.Entry::getKey))
                .orElseThrow()
                .getKey();
        remove(oldest);
        tell(new Change("withdrawn", oldest, ofId(oldest)));
    }

    private void remove(String id) {
        @Nullable Entry before = incidents.remove(id);
        characters -= before == null ? 0 : before.full().length();
    }

    private static Entry entry(ObjectNode published) {
        ObjectNode full = PageJson.incident(published);
        String text = full.toString();
        full.remove(ONLY_IN_FULL);
        if (full.path("told") instanceof ObjectNode told) {
            told.retain("leadership", "zone", "offsetSeconds");
        }
        return new Entry(full, text);
    }

    private static ObjectNode ofId(String id) {
        return JsonNodeFactory.instance.objectNode().put("id", id);
    }
}
