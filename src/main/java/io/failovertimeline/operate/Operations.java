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
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * Answers requests of those who operate a process: {@code /metrics} for Prometheus, {@code /health/live} and {@code
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
     * Listens at {@code address} for those who operate a stream application.
     *
     * @throws IOException if that can't be listened at, with advice
     */
    public Operations(InetSocketAddress address, FailoverStream stream) throws IOException {
        this(address, registry(stream), new Health() {
            @Override
            public boolean isLive() {
                State state = stream.state();
                return !state.isShuttingDown() && !state.hasCompletedShutdown();
            }

            @Override
            public boolean isReady() {
                return stream.state() == State.RUNNING;
            }

            @Override
            public String word() {
                return stream.state().name();
            }
        });
    }

    private Operations(InetSocketAddress address, PrometheusRegistry registry, Health health) throws IOException {
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
        JvmMetrics.builder().register(registry);
        MetricsHandler metrics = new MetricsHandler(registry);
        server.createContext("/metrics", exchange -> {
            if (isReading(exchange, "/metrics")) {
                metrics.handle(exchange);
            }
        });
        server.createContext(
                "/health/live", exchange -> answer(exchange, "/health/live", health.isLive(), health.word()));
        server.createContext(
                "/health/ready", exchange -> answer(exchange, "/health/ready", health.isReady(), health.word()));
        server.setExecutor(threads);
        server.start();
    }

    /**
     * Listens at {@code address} for those who operate something that runs or does not.
     *
     * @param registry what is measured; the Java machine's own is added
     * @throws IOException if that can't be listened at, with advice
     */
    public static Operations of(InetSocketAddress address, PrometheusRegistry registry, BooleanSupplier isRunning)
            throws IOException {
        return new Operations(address, registry, new Health() {
            @Override
            public boolean isLive() {
                return isRunning.getAsBoolean();
            }

            @Override
            public boolean isReady() {
                return isRunning.getAsBoolean();
            }

            @Override
            public String word() {
                return isRunning.getAsBoolean() ? "RUNNING" : "ERROR";
            }
        });
    }

    /** How what is operated feels. */
    private interface Health {
        boolean isLive();

        boolean isReady();

        String word();
    }

    private static PrometheusRegistry registry(FailoverStream stream) {
        PrometheusRegistry registry = new PrometheusRegistry();
        registry.register(new StreamMetrics(stream));
        return registry;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private static void answer(HttpExchange exchange, String path, boolean isFine, String word) throws IOException {
        if (isReading(exchange, path)) {
            send(exchange, isFine ? 200 : 503, word);
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
