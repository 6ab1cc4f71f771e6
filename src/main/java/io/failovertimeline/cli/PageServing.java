package io.failovertimeline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.stream.Closing;
import io.failovertimeline.stream.JsonSerde;
import io.failovertimeline.stream.TimelineTail;
import io.failovertimeline.stream.Topic;
import io.failovertimeline.stream.Topics;
import io.failovertimeline.web.Acknowledgements;
import io.failovertimeline.web.Board;
import io.failovertimeline.web.LivePage;
import io.failovertimeline.web.WebSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A live page over the topics of a Kafka cluster.
 *
 * @param url where it is
 * @param ended completes when the topics can't be read any more, exceptionally if Kafka says why
 */
record PageServing(String url, CompletableFuture<Void> ended) {

    private static final long PATIENCE_SECONDS = 10;

    /**
     * Starts it; {@code closing} ends it.
     *
     * @throws KafkaException if the broker can't be reached or the topics are not there
     * @throws java.io.UncheckedIOException if the address can't be had
     */
    static PageServing start(Properties kafka, WebSettings settings, InstantSource clock, Closing closing) {
        Producer<String, ObjectNode> producer = closing.open(() -> producer(kafka));
        TimelineTail tail = closing.open(() -> TimelineTail.ofPage(kafka));
        Board board = new Board();
        LivePage page = closing.open(() -> new LivePage(board, settings, through(producer), clock));
        CompletableFuture<Void> ended = CompletableFuture.runAsync(
                () -> tail.follow(board, () -> false, Duration.ZERO), PageServing::inBackground);
        return new PageServing(url(settings, page.address()), ended);
    }

    private static String url(WebSettings settings, InetSocketAddress at) {
        String host = at.getAddress().isAnyLocalAddress() ? "localhost" : at.getHostString();
        return (settings.tls().isPresent() ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host)
                + ":" + at.getPort() + "/";
    }

    private static Producer<String, ObjectNode> producer(Properties kafka) {
        Properties properties = new Properties();
        properties.putAll(kafka);
        properties.put("acks", "all");
        properties.put("delivery.timeout.ms", "10000");
        properties.put("request.timeout.ms", "5000");
        properties.put("max.block.ms", "5000");
        return new KafkaProducer<>(properties, new StringSerializer(), new JsonSerde<>(ObjectNode.class).serializer());
    }

    private static Acknowledgements through(Producer<String, ObjectNode> producer) {
        Topic<String, ObjectNode> topic = Topics.standard().acknowledgements();
        return (incident, json) -> {
            try {
                ProducerRecord<String, ObjectNode> sent = new ProducerRecord<>(topic.name(), incident, json);
                topic.stamp(sent.headers());
                producer.send(sent).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException | KafkaException failed) {
                throw new IOException("Kafka did not take it; try again.", failed);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new IOException("The server is stopping.", stopping);
            }
        };
    }

    private static void inBackground(Runnable task) {
        Thread thread = new Thread(task, "incidents");
        thread.setDaemon(true);
        thread.start();
    }
}
