package io.failovertimeline.decode.load;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.RequestResult;
import io.failovertimeline.model.Stamp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * A line that HAProxy writes at the end of a request ({@code option httplog}) or of a session ({@code option tcplog}), with the time of its
 * begin, local, in milliseconds.
 *
 * <p>By its termination state and status: what the server, the balancer or an operator ended failed, and so did a status of 500 and above.
 * What the client gave up itself, and what HAProxy answered itself, says nothing about the server and is left out.
 *
 * <p>A session that was open when it was cut may be hours old. What failed is what it was doing then: it counts at its end.
 *
 * @see <a href="https://docs.haproxy.org/2.6/configuration.html#8.5">HAProxy's description of the states</a>
 */
public final class HaproxyRequest {

    /** Who sent the requests that HAProxy tells of. */
    private static final String GENERATOR = "haproxy";

    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration CLOSE = Duration.ofSeconds(30);
    private static final int MOST_QUARTERS = 18 * 4;

    private final EndpointNames names;
    private final HaproxyLine line = new HaproxyLine();

    /** Names requests by {@code names}. Not for several threads. */
    public HaproxyRequest(EndpointNames names) {
        this.names = names;
    }

    /** Whether {@code bytes} from {@code from} to {@code to} may be such a line: a quick look at its begin. */
    public static boolean mayBe(byte[] bytes, int from, int to) {
        int end = Math.min(to, from + 110) - 4;
        for (int at = from; at < end; at++) {
            if (bytes[at] == ' ') {
                return bytes[at + 1] == '[' && bytes[at + 4] == '/';
            }
        }
        return false;
    }

    /** Whether there may be such a line in {@code bytes} from {@code from} to {@code to}, behind an envelope. */
    public static boolean mayStandIn(byte[] bytes, int from, int to) {
        for (int at = from; at + 5 < to; at++) {
            if (bytes[at] == ' ' && bytes[at + 1] == '[' && bytes[at + 4] == '/') {
                return true;
            }
        }
        return false;
    }

    /** What the requests that the balancer of {@code host} tells of are sent by. */
    public static String generator(Optional<String> host) {
        return GENERATOR + host.map(name -> " " + name).orElse("");
    }

    /**
     * The requests that a line of a log tells of: at most one, none if it proves neither success nor failure. Empty if it is no such
     * line.
     *
     * @param zone of its time
     */
    public Optional<List<RequestResult>> of(LogLine logged, ZoneId zone) {
        if (logged.component() != Component.HAPROXY) {
            return Optional.empty();
        }
        byte[] message = logged.message().getBytes(StandardCharsets.UTF_8);
        String generator = generator(logged.host());
        return read(message, 0, message.length, zone, logged.stamp().map(Stamp::at))
                .map(outcome -> outcome.requests().stream()
                        .map(request -> request.by(generator))
                        .toList());
    }

    /**
     * What {@code bytes} from {@code from}, inclusive, to {@code to}, exclusive, say; empty if they are no such line, {@link
     * Outcome.Nothing} if it proves neither success nor failure.
     *
     * @param zone of its time, if {@code written} does not tell that
     * @param written when the line was, which is at the end of what it tells of; empty if unknown
     */
    public Optional<Outcome> read(byte[] bytes, int from, int to, ZoneId zone, Optional<Instant> written) {
        if (!line.read(bytes, from, to)) {
            return Optional.empty();
        }
        Instant start = placed(line.begin(), line.took(), zone, written);
        return Optional.of(line.isSession() ? session(start) : request(start));
    }

    /** A line is written when what it tells of ends: its own time tells the offset from UTC, a multiple of a quarter of an hour. */
    private static Instant placed(LocalDateTime start, Duration took, ZoneId zone, Optional<Instant> written) {
        Instant inUtc = start.toInstant(ZoneOffset.UTC);
        if (written.isPresent()) {
            long ahead = inUtc.toEpochMilli() + took.toMillis() - written.get().toEpochMilli();
            long quarters = Math.round(ahead / (double) QUARTER.toMillis());
            boolean isClose = Math.abs(ahead - quarters * QUARTER.toMillis()) <= CLOSE.toMillis();
            if (isClose && Math.abs(quarters) <= MOST_QUARTERS) {
                return inUtc.minusSeconds(quarters * QUARTER.toSeconds());
            }
        }
        return start.atZone(zone).toInstant();
    }

    private Outcome session(Instant accepted) {
        String state = line.state();
        if (state.equals("--")) {
            return result(accepted, line.took(), "");
        }
        if (!isFault(state)) {
            return RawLine.nothing();
        }
        return line.wasOpen()
                ? result(accepted.plus(line.took()), Duration.ZERO, words(state))
                : result(accepted, line.took(), words(state));
    }

    private Outcome request(Instant received) {
        String state = line.state();
        int status = line.status();
        if (isFault(state)) {
            String answer = status > 0 ? ErrorText.ofStatus(status) + ", " : "";
            return result(received, line.took(), answer + words(state));
        }
        if (status >= 500) {
            return result(received, line.took(), ErrorText.ofStatus(status));
        }
        return state.equals("--") ? result(received, line.took(), "") : RawLine.nothing();
    }

    private Outcome result(Instant start, Duration took, String error) {
        return new Outcome.Result(new RequestResult(
                GENERATOR, line.endpoint(names), start, Precision.MILLIS, took, !error.isEmpty(), error));
    }

    /** Whether a session was ended by other than its client or HAProxy's own rules. */
    private static boolean isFault(String state) {
        return switch (state.charAt(0)) {
            case 'S', 's', 'D', 'U', 'K', 'R', 'I' -> true;
            default -> false;
        };
    }

    private static String words(String state) {
        String what =
                switch (state.charAt(0)) {
                    case 'S' -> state.charAt(1) == 'C' ? "server refused or none" : "server closed";
                    case 's' ->
                        state.charAt(1) == 'Q'
                                ? "queue timeout"
                                : state.charAt(1) == 'C' ? "connect timeout" : "server timeout";
                    case 'D' -> "server marked down";
                    case 'U' -> "backup left";
                    case 'K' -> "killed by an operator";
                    case 'R' -> "balancer out of resources";
                    default -> "balancer's own error";
                };
        return state + " " + what;
    }
}
