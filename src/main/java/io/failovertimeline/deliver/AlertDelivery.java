package io.failovertimeline.deliver;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers alerts to all receivers, each by a courier of its own. */
public final class AlertDelivery implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(AlertDelivery.class);
    private static final long PATIENCE_SECONDS = 30;

    private final List<Courier> couriers = new ArrayList<>();
    private final CountDownLatch running;

    /**
     * Starts to deliver.
     *
     * @param kafka settings of the consumers, {@code bootstrap.servers} at least
     * @throws org.apache.kafka.common.KafkaException if a consumer can't be made of them
     */
    public AlertDelivery(List<Receiver> receivers, Properties kafka, DeliveryMetrics metrics, InstantSource clock) {
        running = new CountDownLatch(receivers.size());
        for (Receiver receiver : receivers) {
            Courier courier = new Courier(receiver, Channel.to(receiver, clock), kafka, metrics, clock);
            couriers.add(courier);
            Thread thread = new Thread(() -> run(receiver, courier), "courier-" + receiver.name());
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Whether every receiver is still served. */
    public boolean isRunning() {
        return running.getCount() == couriers.size();
    }

    /** Waits until no receiver is served any more. */
    public void awaitEnd() throws InterruptedException {
        running.await();
    }

    @Override
    public void close() {
        couriers.forEach(Courier::close);
        try {
            if (!running.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                LOGGER.warn("a receiver keeps its courier; what is not delivered will be at the next start");
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Receiver receiver, Courier courier) {
        try {
            courier.run();
        } catch (RuntimeException failed) {
            LOGGER.atError()
                    .addKeyValue("receiver", receiver.name())
                    .setCause(failed)
                    .log("delivery to a receiver ended; what is not delivered will be at the next start");
        } finally {
            running.countDown();
        }
    }
}
