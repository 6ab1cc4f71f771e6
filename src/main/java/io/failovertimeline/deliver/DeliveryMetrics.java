package io.failovertimeline.deliver;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What Prometheus is told of deliveries, by receiver. */
public final class DeliveryMetrics {

    private final Counter deliveries;
    private final Gauge waiting;
    private final Gauge firing;

    /** Registers them. */
    public DeliveryMetrics(PrometheusRegistry registry) {
        deliveries = Counter.builder()
                .name("failover_alert_deliveries")
                .help(
                        "Changes of alerts by what became of an attempt: delivered, failed (tried again), undeliverable (given up).")
                .labelNames("receiver", "outcome")
                .register(registry);
        waiting = Gauge.builder()
                .name("failover_alert_waiting")
                .help("Changes of alerts that were read and are not delivered yet.")
                .labelNames("receiver")
                .register(registry);
        firing = Gauge.builder()
                .name("failover_alert_firing")
                .help("Alerts that fire, as a receiver was told.")
                .labelNames("receiver")
                .register(registry);
    }

    void delivered(Receiver receiver) {
        deliveries.labelValues(receiver.name(), "delivered").inc();
    }

    void failed(Receiver receiver) {
        deliveries.labelValues(receiver.name(), "failed").inc();
    }

    void undeliverable(Receiver receiver) {
        deliveries.labelValues(receiver.name(), "undeliverable").inc();
    }

    void waiting(Receiver receiver, int changes) {
        waiting.labelValues(receiver.name()).set(changes);
    }

    void firing(Receiver receiver, int alerts) {
        firing.labelValues(receiver.name()).set(alerts);
    }
}
