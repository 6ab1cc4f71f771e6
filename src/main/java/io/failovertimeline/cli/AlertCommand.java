package io.failovertimeline.cli;

import io.failovertimeline.config.Configuration;
import io.failovertimeline.deliver.AlertDelivery;
import io.failovertimeline.deliver.DeliveryMetrics;
import io.failovertimeline.deliver.Receiver;
import io.failovertimeline.operate.Operations;
import io.failovertimeline.stream.Closing;
import io.failovertimeline.stream.Topics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code alert}: delivers alerts from their topic, until it is told to stop. */
@Command(
        name = "alert",
        description = "Delivers alerts to Alertmanager, webhooks, Slack, PagerDuty and Grafana, until stopped.",
        footer = {
            "",
            "Examples:",
            "  ./failover alert --set receiver.am.type=alertmanager --set receiver.am.url=http://localhost:9093",
            "  ./failover alert --config failover.properties --listen 127.0.0.1:9405",
            "",
            "Each receiver has settings receiver.NAME.type (alertmanager, webhook, slack, pagerduty or grafana), .url",
            "and more (docs/alerts.md), secrets best as $${file:PATH}. A receiver that is down gets what it missed",
            "when it is back, and the others do not wait for it. Several processes may run at once.",
            "Exit codes: 2 wrong usage or Kafka can't be reached, 3 an internal error; 143 or 130 when stopped."
        })
public final class AlertCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private LogOptions log = new LogOptions();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Answer /metrics for Prometheus, /health/live and /health/ready there. Default: nowhere.")
    private @Nullable String listen;

    private final InstantSource clock;

    /** Delivers by {@code clock}. */
    public AlertCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, String> options = new TreeMap<>(log.settings());
        if (listen != null) {
            options.put("listen", listen);
        }
        Configuration configuration = kafka.read(options);
        LogOptions.begin(configuration, spec);
        List<Receiver> receivers = configuration.receivers();
        if (receivers.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "There is no receiver: set receiver.NAME.type and receiver.NAME.url.");
        }
        String topic = Topics.standard().alerts().name();
        kafka.requireTopics(
                configuration,
                Topics.standard().definitions().stream()
                        .filter(definition -> definition.name().equals(topic))
                        .toList());
        PrometheusRegistry registry = new PrometheusRegistry();
        DeliveryMetrics metrics = new DeliveryMetrics(registry);
        try (Closing closing = new Closing()) {
            AlertDelivery delivery =
                    closing.open(() -> new AlertDelivery(receivers, configuration.client(), metrics, clock));
            configuration
                    .listen()
                    .ifPresent(address -> closing.open(() -> Operations.of(address, registry, delivery::isRunning)));
            spec.commandLine()
                    .getErr()
                    .println("Delivering to "
                            + receivers.stream().map(Receiver::toString).collect(Collectors.joining(", ")) + ".");
            spec.commandLine().getErr().flush();
            delivery.awaitEnd();
        } catch (KafkaException failed) {
            throw kafka.unreachable(failed);
        }
        return ExitCode.FINE;
    }
}
