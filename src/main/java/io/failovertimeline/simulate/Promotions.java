package io.failovertimeline.simulate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.ingest.IngestRecord;
import io.failovertimeline.stream.TimelineTail;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** How long it takes from sending the line of a promotion to reading its step. One thread sends, another reads. */
public final class Promotions implements TimelineTail.Listener {

    private final LongSupplier nanoTime;
    private final Map<String, Long> sentAt = new ConcurrentHashMap<>();
    private final List<Long> took = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong sent = new AtomicLong();

    /** Measures by {@code nanoTime}. */
    public Promotions(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** That {@code record} is about to be sent. */
    public void sending(IngestRecord record) {
        if (record.input() == IngestRecord.Input.PATRONI_LOGS
                && new String(record.value(), StandardCharsets.UTF_8).endsWith(SimulatedCluster.PROMOTED)) {
            String key = record.hints().host().orElse("") + record.at().orElseThrow();
            sentAt.put(key, nanoTime.getAsLong());
            sent.incrementAndGet();
        }
    }

    @Override
    public void step(ObjectNode record) {
        JsonNode step = record.path("step");
        if (step.path("text").asText().equals(SimulatedCluster.PROMOTED)) {
            Long at =
                    sentAt.remove(step.path("member").asText() + step.path("at").asText());
            if (at != null) {
                took.add(nanoTime.getAsLong() - at);
            }
        }
    }

    @Override
    public void incident(String id, Optional<ObjectNode> json) {}

    /** Lines of promotions that were sent. */
    public long sent() {
        return sent.get();
    }

    /** Whether the step of each was read. */
    public boolean areAllTold() {
        return sentAt.isEmpty();
    }

    /** How many steps were read. */
    public long told() {
        return took.size();
    }

    /** What {@code share} of those read took at most, 0.5 for the half of them; empty if none was read. */
    public Optional<Duration> atMost(double share) {
        List<Long> inOrder = new ArrayList<>(took);
        Collections.sort(inOrder);
        if (inOrder.isEmpty()) {
            return Optional.empty();
        }
        int place = (int) Math.ceil(share * inOrder.size()) - 1;
        return Optional.of(Duration.ofNanos(inOrder.get(Math.max(0, place))));
    }
}
