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
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
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

    private final Map<TopicPartition, Share> shares = new HashMap<>();
    private final Set<TopicPartition> unsettled = new HashSet<>();
    private final Deque<Delivery> waiting = new ArrayDeque<>();
    private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();
    private int failures;
    private Instant due = Instant.MIN;
    private Instant resendAt = Instant.MIN;
    private volatile boolean closed;

    /** A change on its way; {@code next} is the offset to commit when it is delivered, empty if more belongs to it. */
    private record Delivery(TopicPartition partition, Optional<Long> next, AlertRecord alert) {}

    Courier(Receiver receiver, Channel channel, Properties kafka, DeliveryMetrics metrics, InstantSource clock) {
        this.receiver = receiver;
        this.channel = channel;
        this.metrics = metrics;
        this.clock = clock;
        Properties properties = new Properties();
        // Who was killed is to be replaced soon.
        properties.put("session.timeout.ms", "10000");
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
                goOn();
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

    private void goOn() throws InterruptedException {
        try {
            commit();
            settle();
            read();
            deliver();
            sayAgain();
        } catch (RetriableException | RebalanceInProgressException | CommitFailedException away) {
            // Nothing is lost: what could not be asked or committed stays to be.
            LOGGER.atWarn()
                    .addKeyValue("receiver", receiver.name())
                    .addKeyValue("problem", away.toString())
                    .log("Kafka does not do what is asked, it is asked again");
        }
    }

    private void commit() {
        if (!uncommitted.isEmpty()) {
            consumer.commitSync(uncommitted);
            uncommitted.clear();
        }
    }

    /** Finds where to begin in partitions that were taken over. */
    private void settle() {
        if (unsettled.isEmpty()) {
            return;
        }
        Set<TopicPartition> partitions = Set.copyOf(unsettled);
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.seekToBeginning(partitions);
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata known = committed.get(partition);
            Share share = Share.of(Optional.ofNullable(known), ends.getOrDefault(partition, 0L));
            shares.put(partition, share);
            uncommitted.put(partition, share.begin());
        }
        unsettled.clear();
        commit();
    }

    private void read() {
        // What was read is delivered before more is: that bounds memory, and polling keeps the partitions.
        consumer.pause(consumer.assignment());
        if (waiting.isEmpty()) {
            consumer.resume(shares.keySet());
        }
        boolean isDue = !waiting.isEmpty() && !clock.instant().isBefore(due);
        for (ConsumerRecord<String, byte[]> record : consumer.poll(isDue ? Duration.ZERO : POLL)) {
            take(record);
        }
        for (Map.Entry<TopicPartition, Share> entry : shares.entrySet()) {
            Share share = entry.getValue();
            if (!share.isRead() && share.isReadAt(consumer.position(entry.getKey()))) {
                tellOfTheBeginning(entry.getKey(), share);
            }
        }
        metrics.waiting(receiver, waiting.size());
    }

    /** A receiver that is new is told of what fires, and of nothing that is over. */
    private void tellOfTheBeginning(TopicPartition partition, Share share) {
        List<AlertRecord> first = share.firstToTell();
        if (first.isEmpty()) {
            uncommitted.put(partition, share.begun());
        }
        Optional<Long> next = Optional.of(share.liveFrom());
        for (int last = first.size() - 1; last >= 0; last--) {
            waiting.addFirst(new Delivery(partition, next, first.get(last)));
            next = Optional.empty();
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Share share = share(partition);
        try {
            Optional<AlertRecord> alert = Optional.ofNullable(alerts.deserialize(topic, record.value()));
            alert.filter(receiver::wants).ifPresent(change -> {
                if (share.isPast(record.offset())) {
                    share.remember(change);
                } else {
                    waiting.add(new Delivery(partition, Optional.of(record.offset() + 1), change));
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

    private Share share(TopicPartition partition) {
        return Optional.ofNullable(shares.get(partition))
                .orElseThrow(() -> new IllegalStateException(partition + " is read before it is known where to begin"));
    }

    /** One at a time: between any two the broker hears of us, however long a receiver takes. */
    private void deliver() throws InterruptedException {
        if (closed || waiting.isEmpty() || clock.instant().isBefore(due)) {
            return;
        }
        Delivery delivery = waiting.getFirst();
        AlertRecord alert = delivery.alert();
        Share share = share(delivery.partition());
        share.remember(alert);
        Reply reply = channel.tell(alert, share.firing(alert.group()));
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
        delivery.next().ifPresent(next -> uncommitted.put(delivery.partition(), new OffsetAndMetadata(next)));
        commit();
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
        List<AlertRecord> all = shares.values().stream()
                .flatMap(share -> share.firing().stream())
                .toList();
        metrics.firing(receiver, all.size());
        // Before the past is read in full, what is over may seem to fire.
        boolean isKnown = unsettled.isEmpty() && shares.values().stream().allMatch(Share::isRead);
        if (isKnown && waiting.isEmpty() && !clock.instant().isBefore(resendAt)) {
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
            unsettled.addAll(partitions);
            consumer.pause(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            try {
                commit();
            } catch (WakeupException closing) {
                throw closing;
            } catch (KafkaException tooLate) {
                LOGGER.atWarn()
                        .addKeyValue("receiver", receiver.name())
                        .addKeyValue("problem", tooLate.toString())
                        .log("what was delivered last could not be committed and may be delivered again");
            }
            onPartitionsLost(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            waiting.removeIf(delivery -> partitions.contains(delivery.partition()));
            partitions.forEach(shares::remove);
            partitions.forEach(uncommitted::remove);
            unsettled.removeAll(partitions);
        }
    }
}
