package io.failovertimeline.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.publish.LoadPlots;
import io.failovertimeline.publish.LoadSecond;
import io.failovertimeline.stream.LoadWindow;
import io.failovertimeline.stream.TimelineTail;
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
 * All clusters, all incidents as they stand, who takes care of them and what clients felt, read from the topics anew by each process, so
 * that nothing of its own can be lost. Bounded: of more than fits, the oldest that are over are not shown.
 */
public final class Board implements TimelineTail.Listener {

    private static final long MOST_BYTES = 64L << 20;
    private static final int MOST_INCIDENTS = 20_000;
    private static final int MOST_CLUSTERS = 20_000;
    private static final int MOST_POINTS = 12_000;

    private final Map<String, Entry> incidents = new TreeMap<>();
    private final Map<String, ObjectNode> acknowledgements = new TreeMap<>();
    private final Map<String, ObjectNode> clusters = new TreeMap<>();
    private final Load load = new Load();
    private final Set<Changes> open = new HashSet<>();
    private final CountDownLatch complete = new CountDownLatch(1);
    private long bytes;

    @Override
    public void step(ObjectNode step) {
        // The incident that the step belongs to comes along, in full.
    }

    @Override
    public void incident(String id, Optional<ObjectNode> json) {
        Optional<Entry> entry = json.map(Entry::of);
        synchronized (this) {
            remove(id);
            entry.ifPresent(added -> add(id, added));
            tell(entry.map(its -> Change.incident(id, its)).orElseGet(() -> Change.withdrawn(id)));
        }
    }

    @Override
    public synchronized void acknowledgement(String id, Optional<ObjectNode> json) {
        json.ifPresentOrElse(its -> acknowledgements.put(id, its), () -> acknowledgements.remove(id));
        json.ifPresent(its -> tell(Change.acknowledged(id, its)));
        bound(acknowledgements, 2 * MOST_INCIDENTS);
    }

    @Override
    public synchronized void cluster(String name, Optional<ObjectNode> json) {
        json.ifPresentOrElse(its -> clusters.put(name, its), () -> clusters.remove(name));
        tell(json.map(its -> Change.cluster(name, its)).orElseGet(() -> Change.gone(name)));
        bound(clusters, MOST_CLUSTERS);
    }

    @Override
    public void load(ObjectNode json) {
        LoadSecond.read(json).ifPresent(second -> {
            synchronized (this) {
                if (load.put(second)) {
                    tell(Change.load(second.plot().cluster()));
                }
            }
        });
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

    /** All of an incident, as JSON. */
    Optional<String> full(String id) {
        return entry(id).map(Entry::full).map(Compressed::text);
    }

    /** What clients felt near an incident, as plots are drawn from it; empty if there is no such incident. */
    Optional<ObjectNode> loadNear(String id) {
        return entry(id).map(incident -> {
            LoadPlots plots = new LoadPlots(incident.load()
                    .map(window -> secondsOfLoad(incident, window))
                    .orElse(List.of()));
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.set("perSecond", plots.json(MOST_POINTS, second -> true));
            json.put("plots", plots.size());
            return json;
        });
    }

    private synchronized List<LoadSecond> secondsOfLoad(Entry incident, LoadWindow window) {
        return load.of(incident.cluster(), window);
    }

    private synchronized Optional<Entry> entry(String id) {
        return Optional.ofNullable(incidents.get(id));
    }

    /** The latest first. */
    synchronized List<Entry> latestFirst() {
        return incidents.values().stream()
                .sorted(Comparator.comparing(Entry::startedAt).reversed())
                .toList();
    }

    synchronized Optional<ObjectNode> acknowledgementOf(String id) {
        return Optional.ofNullable(acknowledgements.get(id));
    }

    /** All there is, and from then on each change, for one who follows; he waits until all is here. */
    synchronized Changes follow() {
        Changes changes = new Changes();
        clusters.forEach((name, json) -> changes.add(Change.cluster(name, json)));
        incidents.forEach((id, entry) -> changes.add(Change.incident(id, entry)));
        acknowledgements.forEach((id, json) -> {
            if (incidents.containsKey(id)) {
                changes.add(Change.acknowledged(id, json));
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
        bytes += entry.bytes();
        if (bytes > MOST_BYTES || incidents.size() > MOST_INCIDENTS) {
            forgetOldest();
        }
    }

    /** A twentieth at once, for what is oldest is found by looking at all. */
    private void forgetOldest() {
        List<String> oldest = incidents.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Entry> entry) ->
                                entry.getValue().isOpen())
                        .thenComparing(entry -> entry.getValue().startedAt()))
                .map(Map.Entry::getKey)
                .limit(Math.max(1, incidents.size() / 20))
                .toList();
        oldest.forEach(id -> {
            remove(id);
            tell(Change.withdrawn(id));
        });
    }

    private void remove(String id) {
        @Nullable Entry before = incidents.remove(id);
        bytes -= before == null ? 0 : before.bytes();
    }

    private static void bound(Map<String, ObjectNode> known, int most) {
        while (known.size() > most) {
            known.remove(known.keySet().iterator().next());
        }
    }
}
