package io.failovertimeline.stream;

import io.failovertimeline.stream.OpenRuns.Run;
import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Runs of heartbeats that went on and were not told yet, since each is told once in {@link #PACE_MILLIS} at most: of a backlog, a run goes on many
 * times until then. What is held at a commit is stored, and told after a restart.
 */
final class HeldRuns {

    static final long PACE_MILLIS = 1000;

    /** So that a stored part is far smaller than a record may be. */
    private static final int PART = 1024;

    private final KeyValueStore<String, List<Piece>> store;
    private final Map<String, Set<Run>> byCluster = new LinkedHashMap<>();

    /** What was held when the task stopped. */
    private final List<Piece> restored = new ArrayList<>();

    private boolean isStored = true;
    private int parts;

    HeldRuns(KeyValueStore<String, List<Piece>> store) {
        this.store = store;
        try (KeyValueIterator<String, List<Piece>> all = store.all()) {
            all.forEachRemaining(entry -> {
                restored.addAll(entry.value);
                parts = Math.max(parts, Integer.parseInt(entry.key) + 1);
            });
        }
    }

    /** Whether {@code run} was told so lately, by {@code now} in milliseconds, that it is held now. */
    boolean hold(Run run, long now) {
        boolean isHeld = now - PACE_MILLIS < run.toldAt();
        if (isHeld) {
            byCluster
                    .computeIfAbsent(run.cluster(), first -> new LinkedHashSet<>())
                    .add(run);
            isStored = false;
        }
        return isHeld;
    }

    /** What is held of {@code cluster}; no more from now on. */
    List<Piece> give(String cluster, long now) {
        if (byCluster.isEmpty()) {
            return List.of();
        }
        Set<Run> runs = byCluster.remove(cluster);
        if (runs == null) {
            return List.of();
        }
        isStored = false;
        return runs.stream().map(run -> run.told(now)).toList();
    }

    /** All that is held; no more from now on. */
    List<Piece> give(long now) {
        List<Piece> all = new ArrayList<>(restored);
        byCluster.values().forEach(runs -> runs.forEach(run -> all.add(run.told(now))));
        restored.clear();
        byCluster.clear();
        isStored &= all.isEmpty();
        return all;
    }

    /** Stores what is held, and nothing else. */
    void store() {
        if (isStored) {
            return;
        }
        List<Piece> all = new ArrayList<>(restored);
        byCluster.values().forEach(runs -> runs.forEach(run -> all.add(run.piece())));
        int part = 0;
        for (int from = 0; from < all.size(); from += PART) {
            store.put(String.valueOf(part++), all.subList(from, Math.min(all.size(), from + PART)));
        }
        for (int gone = part; gone < parts; gone++) {
            store.delete(String.valueOf(gone));
        }
        parts = part;
        isStored = true;
    }

    /** One part of what is held. */
    static Serde<List<Piece>> serde() {
        PieceSerde pieces = new PieceSerde();
        return Serdes.serdeFrom(
                (topic, all) -> {
                    if (all == null) {
                        return null;
                    }
                    PackedWriter out = new PackedWriter().number(all.size());
                    all.forEach(piece -> out.block(pieces.serializer().serialize(topic, piece)));
                    return out.bytes();
                },
                (topic, bytes) -> bytes == null ? null : read(pieces, topic, bytes));
    }

    private static List<Piece> read(PieceSerde pieces, String topic, byte[] bytes) {
        try {
            PackedReader in = new PackedReader(bytes);
            List<Piece> all = new ArrayList<>();
            for (long left = in.number(); left > 0; left--) {
                all.add(pieces.deserializer().deserialize(topic, in.block()));
            }
            return all;
        } catch (BufferUnderflowException | IllegalArgumentException broken) {
            throw new SerializationException("no pieces of evidence in " + topic, broken);
        }
    }
}
