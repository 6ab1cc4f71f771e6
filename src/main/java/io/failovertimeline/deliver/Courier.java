package io.failovertimeline.deliver;

import io.failovertimeline.alert.AlertRecord;
import io.failovertimeline.stream.JsonSerde;
import io.failovertimeline.stream.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers changes of alerts to one receiver, in the order of the topic, each until it is taken; an offset is committed when what stands
 * there is delivered. A courier has a consumer group of its own, so no receiver waits for another. What fires at the time is read from the
 * topic's beginning whenever a partition is taken over.
 */
final class Courier implements Runnable, AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Courier.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final int DOUBLINGS = 7;

    private final Receiver receiver;
    private final Channel channel;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Deserializer<AlertRecord> alerts = new JsonSerde<>(AlertRecord.class).deserializer();
    private final DeliveryMetrics metrics;
    private final InstantSource clock;
    private final String topic = Topics.standard().alerts().name();

    private final Map<TopicPartition, Map<String, AlertRecord>> firing = new HashMap<>();
    private final Map<TopicPartition, Long> liveFrom = new HashMap<>();
    private final Set<TopicPartition> fresh = new HashSet<>();
    private final Deque<Delivery> waiting = new ArrayDeque<>();
    private int failures;
    private Instant due = Instant.MIN;
    private Instant resendAt = Instant.MIN;
    private volatile boolean closed;

    /** A change on its way; {@code next} is the offset to commit when it is delivered. */
    private record Delivery(TopicPartition partition, long next, AlertRecord alert) {}

    Courier(Receiver receiver, Channel channel, Properties kafka, DeliveryMetrics metrics, InstantSource clock) {
        this.receiver = receiver;
        this.channel = channel;
        this.metrics = metrics;
        this.clock = clock;
        Properties properties = new Properties();
        properties.putAll(kafka);
        properties.put("group.id", group(receiver));
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        properties.put("auto.offset.reset", "earliest");
        properties.put("allow.auto.create.topics", "false");
        properties.put("max.poll.records", "50");
        properties.put("fetch.max.bytes", "1048576");
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    static String group(Receiver receiver) {
        return "failover-alert-" + receiver.name();
    }

    @Override
    public void run() {
        try (consumer) {
            consumer.subscribe(List.of(topic), new Assignment());
            while (!closed) {
                read();
                deliver();
                sayAgain();
            }
        } catch (WakeupException asked) {
            LOGGER.debug("{} is closed", receiver);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends {@link #run} at the next occasion. */
    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
    }

    private void read() {
        // What was read is delivered before more is: that bounds memory, and polling keeps the partitions.
        if (waiting.isEmpty()) {
            consumer.resume(consumer.assignment());
        } else {
            consumer.pause(consumer.assignment());
        }
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
            take(record);
        }
        for (TopicPartition partition : List.copyOf(fresh)) {
            if (consumer.position(partition) >= liveFrom.getOrDefault(partition, 0L)) {
                fresh.remove(partition);
                begin(partition, liveFrom.getOrDefault(partition, 0L));
            }
        }
        metrics.waiting(receiver, waiting.size());
    }

    /** A receiver that is new is told of what fires, and of nothing that is over. */
    private void begin(TopicPartition partition, long from) {
        if (firing(partition).isEmpty()) {
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(from)));
        }
        firing(partition).values().forEach(alert -> waiting.addFirst(new Delivery(partition, from, alert)));
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        try {
            Optional<AlertRecord> alert = Optional.ofNullable(alerts.deserialize(topic, record.value()));
            boolean isPast = record.offset() < liveFrom.getOrDefault(partition, 0L);
            alert.filter(receiver::wants).ifPresent(change -> {
                if (isPast) {
                    remember(partition, change);
                } else {
                    waiting.add(new Delivery(partition, record.offset() + 1, change));
                }
            });
        } catch (SerializationException unreadable) {
            LOGGER.atError()
                    .addKeyValue("receiver", receiver.name())
                    .addKeyValue("record", partition + "@" + record.offset())
                    .log("a record is no alert and can't be delivered");
            metrics.undeliverable(receiver);
        }
    }

    private void remember(TopicPartition partition, AlertRecord alert) {
        if (alert.isFiring()) {
            firing(partition).put(alert.fingerprint(), alert);
        } else {
            firing(partition).remove(alert.fingerprint());
        }
    }

    private Map<String, AlertRecord> firing(TopicPartition partition) {
        return firing.computeIfAbsent(partition, first -> new TreeMap<>());
    }

    private void deliver() throws InterruptedException {
        while (!closed && !waiting.isEmpty() && !clock.instant().isBefore(due)) {
            Delivery delivery = waiting.getFirst();
            AlertRecord alert = delivery.alert();
            remember(delivery.partition(), alert);
            Collection<AlertRecord> group = firing(delivery.partition()).values().stream()
                    .filter(other -> other.group().equals(alert.group()))
                    .toList();
            Reply reply = channel.tell(alert, group);
            if (!reply.isGood() && !reply.isRefusal()) {
                retryLater(reply);
                return;
            }
            if (reply.isGood()) {
                metrics.delivered(receiver);
            } else {
                metrics.undeliverable(receiver);
                LOGGER.atError()
                        .addKeyValue("receiver", receiver.name())
                        .addKeyValue("alert", alert.fingerprint())
                        .addKeyValue("status", reply.status())
                        .addKeyValue("answer", reply.text())
                        .log("an alert is refused and can't be delivered");
            }
            failures = 0;
            waiting.removeFirst();
            consumer.commitSync(Map.of(delivery.partition(), new OffsetAndMetadata(delivery.next())));
        }
    }

    private void retryLater(Reply reply) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures, DOUBLINGS));
        Duration bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        due = clock.instant().plus(reply.pause().orElse(bounded));
        failures++;
        metrics.failed(receiver);
        LOGGER.atWarn()
                .addKeyValue("receiver", receiver.name())
                .addKeyValue("status", reply.status())
                .addKeyValue("answer", reply.text())
                .addKeyValue("attempt", failures)
                .log("an alert could not be delivered, it is tried again");
    }

    private void sayAgain() throws InterruptedException {
        List<AlertRecord> all = firing.values().stream()
                .flatMap(alerts -> alerts.values().stream())
                .toList();
        metrics.firing(receiver, all.size());
        if (fresh.isEmpty() && waiting.isEmpty() && !clock.instant().isBefore(resendAt)) {
            resendAt = clock.instant().plus(receiver.resend());
            if (!all.isEmpty() && !channel.again(all).isGood()) {
                metrics.failed(receiver);
                // Soon again: a receiver that was started anew knows of nothing.
                resendAt = clock.instant().plus(FIRST_WAIT.multipliedBy(DOUBLINGS));
            }
        }
    }

    private final class Assignment implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            for (TopicPartition partition : partitions) {
                OffsetAndMetadata delivered = committed.get(partition);
                liveFrom.put(partition, delivered == null ? ends.getOrDefault(partition, 0L) : delivered.offset());
                if (delivered == null) {
                    fresh.add(partition);
                }
            }
            consumer.seekToBeginning(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            waiting.removeIf(delivery -> partitions.contains(delivery.partition()));
            partitions.forEach(firing::remove);
            partitions.forEach(liveFrom::remove);
            fresh.removeAll(partitions);
        }
    }
}
