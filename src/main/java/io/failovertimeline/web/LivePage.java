package io.failovertimeline.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.failovertimeline.publish.WebResource;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the page, the API that it is drawn from, and the changes of a {@link Board} as they come. */
public final class LivePage implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(LivePage.class);

    private static final List<String> FILES = List.of(
            "index.html",
            "page.css",
            "uplot.css",
            "uplot.js",
            "uplot.LICENSE",
            "times.js",
            "elements.js",
            "store.js",
            "overview.js",
            "axis.js",
            "lanes.js",
            "charts.js",
            "incident.js",
            "page.js",
            "openapi.json");
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final String API = "/api/v1/";
    private static final Pattern INCIDENT = Pattern.compile("/api/v1/incidents/([^/]{1,300})(/acknowledgement|/load)?");

    private static final int MOST_FOLLOWERS = 64;
    private static final int MOST_OTHERS = 16;
    private static final int BACKLOG = 64;
    private static final int MOST_BODY = 8_192;
    private static final long HEARTBEAT_MILLIS = 15_000;

    private final Board board;
    private final Access access;
    private final Acknowledgements acknowledgements;
    private final InstantSource clock;
    private final HttpServer server;
    private final Semaphore places = new Semaphore(MOST_FOLLOWERS);
    private final Set<Changes> followers = ConcurrentHashMap.newKeySet();
    private final Map<String, Reply> files = new HashMap<>();
    private final ObjectMapper json = new ObjectMapper(JsonMapper.builder()
            .build()
            .getFactory()
            .setStreamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(4).build()));
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, MOST_FOLLOWERS + MOST_OTHERS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "page");
                thread.setDaemon(true);
                return thread;
            });

    /**
     * Listens at once.
     *
     * @param clock says when an incident is acknowledged
     * @throws IOException if the address or the certificate can't be used; the message says what to do
     */
    public LivePage(Board board, WebSettings settings, Acknowledgements acknowledgements, InstantSource clock)
            throws IOException {
        this.board = board;
        this.acknowledgements = acknowledgements;
        this.clock = clock;
        FILES.forEach(name -> files.put(name, new Reply(200, type(name), WebResource.text(name))));
        server = Listener.open(settings, BACKLOG);
        access = new Access(new WebSettings(
                server.getAddress(), settings.token(), settings.login(), settings.acknowledgeToken(), settings.tls()));
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private static String type(String file) {
        return switch (file.substring(file.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "json" -> Reply.JSON;
            default -> "text/plain; charset=utf-8";
        };
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try {
            Optional<Reply> refusal = refusal(exchange);
            if (refusal.isPresent()) {
                refusal.get().send(exchange);
            } else if (exchange.getRequestURI().getPath().equals(API + "changes")) {
                follow(exchange);
            } else {
                reply(exchange).send(exchange);
            }
        } catch (RuntimeException ours) {
            LOGGER.warn("a request failed: {}", ours.toString());
            Reply.text(500, "An internal error; the log tells more.").send(exchange);
        } finally {
            exchange.close();
        }
    }

    private Optional<Reply> refusal(HttpExchange exchange) {
        if (!access.isMeantForHere(exchange)) {
            return Optional.of(Reply.text(421, "This is not the server of that name."));
        }
        if (!access.maySee(exchange)) {
            if (access.hasLogin()) {
                exchange.getResponseHeaders()
                        .set("WWW-Authenticate", "Basic realm=\"failover timeline\", charset=\"UTF-8\"");
            }
            return Optional.of(Reply.text(401, "Log in, or give the token: Authorization: Bearer TOKEN."));
        }
        return Optional.empty();
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Matcher incident = INCIDENT.matcher(path);
        String part = incident.matches() && incident.group(2) != null ? incident.group(2) : "";
        boolean acknowledges = part.equals("/acknowledgement");
        if (acknowledges && exchange.getRequestMethod().equals("PUT")) {
            return acknowledge(exchange, incident.group(1));
        }
        if (!READING.contains(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Allow", acknowledges ? "GET, HEAD, PUT" : "GET, HEAD");
            return Reply.text(405, "Only " + (acknowledges ? "GET, HEAD and PUT." : "GET and HEAD."));
        }
        if (acknowledges) {
            return board.acknowledgementOf(incident.group(1))
                    .map(its -> Reply.json(its.toString()))
                    .orElse(Reply.text(404, "Nobody has acknowledged it."));
        }
        if (part.equals("/load")) {
            return board.loadNear(incident.group(1))
                    .map(its -> Reply.json(its.toString()))
                    .orElse(Reply.text(404, "There is no such incident."));
        }
        if (incident.matches()) {
            return board.full(incident.group(1)).map(Reply::json).orElse(Reply.text(404, "There is no such incident."));
        }
        return switch (path) {
            case "/" -> files.getOrDefault("index.html", Reply.text(404, ""));
            case API + "incidents" -> incidents(exchange);
            case API + "openapi.json" -> files.getOrDefault("openapi.json", Reply.text(404, ""));
            case "/health/ready" ->
                board.isComplete() ? Reply.text(200, "READY") : Reply.text(503, "still reading the topics");
            default -> files.getOrDefault(path.substring(1), Reply.text(404, "There is nothing here."));
        };
    }

    private Reply incidents(HttpExchange exchange) {
        try {
            return Reply.json(new Query(exchange.getRequestURI().getRawQuery())
                    .of(board.latestFirst()).stream()
                            .map(Entry::summary)
                            .collect(Collectors.joining(",", "{\"incidents\":[", "]}")));
        } catch (IllegalArgumentException wrong) {
            return Reply.text(400, String.valueOf(wrong.getMessage()));
        }
    }

    private Reply acknowledge(HttpExchange exchange, String id) throws IOException {
        String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
        if (!Access.isFromHere(exchange) || !type.startsWith(Reply.JSON)) {
            return Reply.text(403, "Acknowledge from the page itself, or with Content-Type: application/json.");
        }
        if (!access.mayAcknowledge(exchange)) {
            return Reply.text(403, "That token does not suffice; the setting web.acknowledge.token says which does.");
        }
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY + 1);
        if (body.length > MOST_BODY) {
            return Reply.text(413, "At most " + MOST_BODY + " bytes.");
        }
        if (board.full(id).isEmpty()) {
            return Reply.text(404, "There is no such incident.");
        }
        Optional<ObjectNode> acknowledgement = acknowledgement(id, body);
        if (acknowledgement.isEmpty()) {
            return Reply.text(400, "name is 1 to 80 characters, comment at most 500, both without control characters.");
        }
        try {
            acknowledgements.write(id, acknowledgement.get());
        } catch (IOException failed) {
            return Reply.text(503, String.valueOf(failed.getMessage()));
        }
        return Reply.json(acknowledgement.get().toString());
    }

    private Optional<ObjectNode> acknowledgement(String id, byte[] body) {
        try {
            JsonNode given = json.readTree(body);
            String name = given.path("name").asText("").strip();
            String comment = given.path("comment").asText("").strip();
            boolean isFine = !name.isEmpty()
                    && name.length() <= 80
                    && comment.length() <= 500
                    && (name + comment).chars().noneMatch(Character::isISOControl);
            ObjectNode whole = JsonNodeFactory.instance.objectNode();
            whole.put("incident", id);
            whole.put("name", name);
            whole.put("comment", comment);
            whole.put("at", clock.instant().toString());
            return Optional.of(whole).filter(fine -> isFine);
        } catch (JsonProcessingException broken) {
            return Optional.empty();
        } catch (IOException impossible) {
            throw new IllegalStateException("bytes in memory could not be read", impossible);
        }
    }

    /** Tells all there is, once all of it is here, and then each change, as server-sent events, until the other side goes away. */
    private void follow(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("GET")) {
            Reply.text(405, "Only GET.").send(exchange);
            return;
        }
        if (!places.tryAcquire()) {
            exchange.getResponseHeaders().set("Retry-After", "2");
            Reply.text(503, "Too many follow. Try again.").send(exchange);
            return;
        }
        Changes changes = board.follow();
        followers.add(changes);
        try {
            Reply.guard(exchange);
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.getResponseHeaders().set("X-Accel-Buffering", "no");
            exchange.sendResponseHeaders(200, 0);
            OutputStream to = exchange.getResponseBody();
            while (!changes.isEnded() && !board.awaitComplete(1)) {
                write(to, ": still reading the topics\n\n");
                to.flush();
            }
            tell(changes, to);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (IOException gone) {
            LOGGER.debug("one who followed is gone: {}", gone.toString());
        } finally {
            followers.remove(changes);
            board.leave(changes);
            places.release();
        }
    }

    private void tell(Changes changes, OutputStream to) throws IOException, InterruptedException {
        write(to, "retry: 1000\nevent: snapshot\ndata: {}\n\n");
        while (!changes.isEnded()) {
            Changes.Batch batch = changes.next(HEARTBEAT_MILLIS);
            for (Change change : batch.changes()) {
                write(to, "event: " + change.event() + "\ndata: " + change.data() + "\n\n");
            }
            if (batch.isComplete()) {
                write(to, "event: complete\ndata: {\"needsToken\":" + access.needsTokenToAcknowledge() + "}\n\n");
            } else if (batch.changes().isEmpty()) {
                write(to, ": still here\n\n");
            }
            to.flush();
        }
    }

    private static void write(OutputStream to, String text) throws IOException {
        to.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        followers.forEach(Changes::end);
        server.stop(0);
        threads.shutdownNow();
    }
}
