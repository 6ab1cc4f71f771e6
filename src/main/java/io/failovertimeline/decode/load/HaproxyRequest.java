package io.failovertimeline.decode.load;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.RequestResult;
import io.failovertimeline.model.Stamp;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private static final int LONGEST = 8192;
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final Pattern LINE = Pattern.compile(
            "\\S{1,100}:\\d{1,5} "
                    + "\\[(\\d\\d)/([A-Z][a-z][a-z])/(\\d{4}):(\\d\\d):(\\d\\d):(\\d\\d)\\.(\\d{3})] "
                    + "(\\S{1,200}) \\S{1,400} "
                    + "(?:(-?\\d{1,12})/(-?\\d{1,12})/\\+?(-?\\d{1,12}) \\+?\\d{1,18} (\\S\\S) "
                    + "|-?\\d{1,12}/-?\\d{1,12}/-?\\d{1,12}/-?\\d{1,12}/\\+?(-?\\d{1,12}) (-?\\d{1,3}) \\+?\\d{1,18}"
                    + " \\S{1,200} \\S{1,200} (\\S\\S)\\S\\S )"
                    + "\\d{1,9}/\\d{1,9}/\\d{1,9}/\\d{1,9}/\\+?\\d{1,9} \\d{1,9}/\\d{1,9}(.*)",
            Pattern.DOTALL);

    private HaproxyRequest() {}

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

    /**
     * The requests that a line of a log tells of, sent by {@code haproxy} and the line's host: at most one, none if it proves neither
     * success nor failure. Empty if it is no such line.
     *
     * @param zone of its time
     */
    public static Optional<List<RequestResult>> of(LogLine line, ZoneId zone, EndpointNames names) {
        if (line.component() != Component.HAPROXY) {
            return Optional.empty();
        }
        String generator = GENERATOR + line.host().map(host -> " " + host).orElse("");
        return read(line.message(), zone, line.stamp().map(Stamp::at), names)
                .map(outcome -> outcome.match(
                        result -> result.requests().stream()
                                .map(request -> request.by(generator))
                                .toList(),
                        unreadable -> List.of(),
                        List::of));
    }

    /**
     * What {@code message} says; empty if it is no such line, {@link Outcome.Nothing} if it proves neither success nor failure.
     *
     * @param zone of its time, if {@code written} does not tell that
     * @param written when the line was, which is at the end of what it tells of; empty if unknown
     */
    static Optional<Outcome> read(String message, ZoneId zone, Optional<Instant> written, EndpointNames names) {
        if (message.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher line = LINE.matcher(message);
        if (!line.matches()) {
            return Optional.empty();
        }
        return start(line, zone, written)
                .map(start -> line.group(12) != null ? session(line, start, names) : request(line, start, names));
    }

    private static Optional<Instant> start(Matcher line, ZoneId zone, Optional<Instant> written) {
        int month = MONTHS.indexOf(line.group(2));
        if (month < 0 || month % 3 != 0) {
            return Optional.empty();
        }
        try {
            LocalDateTime start = LocalDateTime.of(
                    number(line, 3),
                    month / 3 + 1,
                    number(line, 1),
                    number(line, 4),
                    number(line, 5),
                    number(line, 6),
                    number(line, 7) * 1_000_000);
            return Optional.of(placed(start, took(line), zone, written));
        } catch (DateTimeException noSuchDate) {
            return Optional.empty();
        }
    }

    /** A line is written when what it tells of ends: its own time tells the offset from UTC, a multiple of a quarter of an hour. */
    private static Instant placed(LocalDateTime start, Duration took, ZoneId zone, Optional<Instant> written) {
        return written.flatMap(
                        end -> offset(Duration.between(end, start.plus(took).toInstant(ZoneOffset.UTC))))
                .map(start::toInstant)
                .orElseGet(() -> start.atZone(zone).toInstant());
    }

    private static Optional<ZoneOffset> offset(Duration ahead) {
        long millis = ahead.toMillis();
        long quarters = Math.round(millis / (double) QUARTER.toMillis());
        boolean isClose = Math.abs(millis - quarters * QUARTER.toMillis()) <= CLOSE.toMillis();
        return isClose && Math.abs(quarters) <= MOST_QUARTERS
                ? Optional.of(ZoneOffset.ofTotalSeconds((int) (quarters * QUARTER.toSeconds())))
                : Optional.empty();
    }

    private static Duration took(Matcher line) {
        String millis = line.group(12) != null ? line.group(11) : line.group(13);
        return Duration.ofMillis(Math.max(0, Long.parseLong(millis)));
    }

    private static Outcome session(Matcher line, Instant accepted, EndpointNames names) {
        String state = line.group(12);
        Duration took = took(line);
        String endpoint = names.given(frontend(line), "", "");
        if (state.equals("--")) {
            return result(endpoint, accepted, took, "");
        }
        if (!isFault(state)) {
            return RawLine.nothing();
        }
        boolean wasOpen = Long.parseLong(line.group(10)) >= 0;
        return wasOpen
                ? result(endpoint, accepted.plus(took), Duration.ZERO, words(state))
                : result(endpoint, accepted, took, words(state));
    }

    private static Outcome request(Matcher line, Instant received, EndpointNames names) {
        String state = line.group(15);
        int status = number(line, 14);
        Duration took = took(line);
        String endpoint = endpoint(line, names);
        if (isFault(state)) {
            return result(
                    endpoint, received, took, (status > 0 ? ErrorText.ofStatus(status) + ", " : "") + words(state));
        }
        if (status >= 500) {
            return result(endpoint, received, took, ErrorText.ofStatus(status));
        }
        return state.equals("--") ? result(endpoint, received, took, "") : RawLine.nothing();
    }

    private static Outcome result(String endpoint, Instant start, Duration took, String error) {
        return new Outcome.Result(
                new RequestResult(GENERATOR, endpoint, start, Precision.MILLIS, took, !error.isEmpty(), error));
    }

    private static String frontend(Matcher line) {
        String name = line.group(8);
        return name.endsWith("~") ? name.substring(0, name.length() - 1) : name;
    }

    /** By the request that stands in quotes at the line's end; by the frontend where it is cut or was never sent. */
    private static String endpoint(Matcher line, EndpointNames names) {
        String rest = line.group(16);
        int quote = rest.indexOf(" \"");
        String[] words = quote < 0 ? new String[0] : rest.substring(quote + 2).split(" ", 3);
        return words.length >= 2 && !words[0].startsWith("<")
                ? names.given("", words[0], words[1])
                : names.given(frontend(line), "", "");
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

    private static int number(Matcher line, int group) {
        return Integer.parseInt(line.group(group));
    }
}
