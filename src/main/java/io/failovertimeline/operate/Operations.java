package io.failovertimeline.operate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.failovertimeline.stream.FailoverStream;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * Answers requests of those who operate a stream application: {@code /metrics} for Prometheus, {@code /health/live} and {@code
 * /health/ready} for a supervisor.
 */
public final class Operations implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int WAITING = 16;
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "operations");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Listens at {@code address}.
     *
     * @throws IOException if that can't be listened at, with advice
     */
    public Operations(InetSocketAddress address, FailoverStream stream) throws IOException {
        InetSocketAddress resolved =
                address.isUnresolved() ? new InetSocketAddress(address.getHostString(), address.getPort()) : address;
        try {
            server = HttpServer.create(resolved, WAITING);
        } catch (IOException | IllegalArgumentException refused) {
            throw new IOException(
                    "Can't listen on " + address.getHostString() + ":" + address.getPort() + ": " + refused.getMessage()
                            + ". Is something else there? The setting listen says where.",
                    refused);
        }
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(new StreamMetrics(stream));
        JvmMetrics.builder().register(registry);
        MetricsHandler metrics = new MetricsHandler(registry);
        server.createContext("/metrics", exchange -> {
            if (isReading(exchange, "/metrics")) {
                metrics.handle(exchange);
            }
        });
        server.createContext("/health/live", exchange -> {
            State state = stream.state();
            boolean isDead = state.isShuttingDown() || state.hasCompletedShutdown();
            answer(exchange, "/health/live", !isDead, state);
        });
        server.createContext("/health/ready", exchange -> {
            State state = stream.state();
            answer(exchange, "/health/ready", state == State.RUNNING, state);
        });
        server.setExecutor(threads);
        server.start();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private static void answer(HttpExchange exchange, String path, boolean isFine, State state) throws IOException {
        if (isReading(exchange, path)) {
            send(exchange, isFine ? 200 : 503, state.name());
        }
    }

    /** Answers what is asked of another path, or is no reading; tells whether nothing had to be answered. */
    private static boolean isReading(HttpExchange exchange, String path) throws IOException {
        if (!exchange.getRequestURI().getPath().equals(path)) {
            send(exchange, 404, "There is /metrics, /health/live and /health/ready.");
            return false;
        }
        if (!READING.contains(exchange.getRequestMethod())) {
            send(exchange, 405, "Only GET and HEAD.");
            return false;
        }
        return true;
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        boolean hasBody = !exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, hasBody ? body.length : -1);
        if (hasBody) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
