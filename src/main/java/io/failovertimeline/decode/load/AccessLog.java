package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.RequestResult;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The access log of a web server: common or combined (Apache, nginx and others), or Envoy's default.
 *
 * <p>Failed are responses with a status of 500 and above, and requests that Envoy could not hand on. One that the client gave up (nginx's 499,
 * Envoy's {@code DC}) says nothing about the server and is left out. Anything else was answered.
 *
 * <p>Of a common log's time Apache says the begin of the request and nginx its end; the line does not tell which. Where it ends with the time that
 * the request took ({@code rt=0.123} or {@code request_time=0.123}) it is nginx's, and the start is that much before; else the stamp is taken
 * as the start.
 */
final class AccessLog implements LoadDecoder {

    private static final int LONGEST = 16_384;
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final Pattern COMMON = Pattern.compile("\\S{1,200} \\S{1,200} [^\\[]{1,200} "
            + "\\[(\\d\\d)/([A-Z][a-z][a-z])/(\\d{4}):(\\d\\d):(\\d\\d):(\\d\\d) ([+-]\\d{4})] \"");
    private static final Pattern ENVOY =
            Pattern.compile("\\[(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?Z)] \"");
    private static final Pattern STATUS = Pattern.compile(" (\\d{3}) (?:\\d{1,18}|-)(?: |$)");
    private static final Pattern ENVOY_REST = Pattern.compile(
            " (\\d{1,3}) ([A-Za-z_,-]{1,60}) (?:\\S{1,100} )??(?:\\d{1,18} \\d{1,18} (\\d{1,12}|-)) .*",
            Pattern.DOTALL);
    private static final Pattern TOOK = Pattern.compile("\\b(?:rt|request_time)[=:]\"?(\\d{1,6}\\.\\d{1,6})");

    private final EndpointNames names;

    AccessLog(EndpointNames names) {
        this.names = names;
    }

    /** Whether {@code line} is one of such a log. */
    static boolean isLine(RawLine line) {
        return line.length() < LONGEST
                && line.text()
                        .flatMap(text -> read(text, new EndpointNames(EndpointPatterns.NONE)))
                        .isPresent();
    }

    @Override
    public String format() {
        return "access-log";
    }

    @Override
    public Outcome decode(byte[] bytes, int from, int to, Origin origin) {
        RawLine line = new RawLine(bytes, from, to, origin);
        if (line.isBlank()) {
            return RawLine.nothing();
        }
        return (line.length() < LONGEST ? line.text() : Optional.<String>empty())
                .flatMap(text -> read(text, names))
                .orElseGet(() -> line.unreadable(Reason.BROKEN_RESULT));
    }

    private static Optional<Outcome> read(String text, EndpointNames names) {
        Matcher common = COMMON.matcher(text);
        if (common.lookingAt()) {
            return request(text, common.end()).flatMap(request -> common(common, request, text, names));
        }
        Matcher envoy = ENVOY.matcher(text);
        return envoy.lookingAt()
                ? request(text, envoy.end()).flatMap(request -> envoy(envoy.group(1), request, text, names))
                : Optional.empty();
    }

    private record Request(String text, int end) {

        /** By method and path; what is no request line has no name. */
        private String endpoint(EndpointNames names) {
            String[] words = text.split(" ", 3);
            return words.length >= 2 ? names.given("", words[0], words[1]) : names.given("", "", "");
        }
    }

    /** What stands in quotes from {@code from} on; within, a backslash takes the next character's meaning. */
    private static Optional<Request> request(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == '\\') {
                at++;
            } else if (character == '"') {
                return Optional.of(new Request(text.substring(from, at), at + 1));
            }
        }
        return Optional.empty();
    }

    private static Optional<Outcome> common(Matcher head, Request request, String text, EndpointNames names) {
        Matcher rest = STATUS.matcher(text).region(request.end(), text.length());
        Optional<Instant> at = at(head);
        if (!rest.lookingAt() || at.isEmpty()) {
            return Optional.empty();
        }
        int status = Integer.parseInt(rest.group(1));
        if (status == 499) {
            return Optional.of(RawLine.nothing());
        }
        Matcher took = TOOK.matcher(text).region(rest.end(), text.length());
        Optional<Duration> latency = took.find() ? Latency.of(took.group(1), Latency.Unit.SECONDS) : Optional.empty();
        return Optional.of(result(
                request.endpoint(names),
                at.get().minus(latency.orElse(Duration.ZERO)),
                Precision.SECONDS,
                latency,
                status >= 500 ? ErrorText.ofStatus(status) : ""));
    }

    private static Optional<Instant> at(Matcher head) {
        int month = MONTHS.indexOf(head.group(2));
        try {
            return month < 0 || month % 3 != 0
                    ? Optional.empty()
                    : Optional.of(LocalDateTime.of(
                                    Integer.parseInt(head.group(3)),
                                    month / 3 + 1,
                                    Integer.parseInt(head.group(1)),
                                    Integer.parseInt(head.group(4)),
                                    Integer.parseInt(head.group(5)),
                                    Integer.parseInt(head.group(6)))
                            .toInstant(ZoneOffset.of(head.group(7))));
        } catch (DateTimeException noSuchDate) {
            return Optional.empty();
        }
    }

    private static Optional<Outcome> envoy(String time, Request request, String text, EndpointNames names) {
        Matcher rest = ENVOY_REST.matcher(text).region(request.end(), text.length());
        Optional<Timestamp> start = Timestamp.rfc3339(time);
        if (!rest.matches() || start.isEmpty()) {
            return Optional.empty();
        }
        int status = Integer.parseInt(rest.group(1));
        String flags = rest.group(2);
        boolean isAnswered = status > 0 && status < 500;
        if (!isAnswered && flags.startsWith("DC")) {
            return Optional.of(RawLine.nothing());
        }
        String error = isAnswered
                ? ""
                : (status > 0 ? ErrorText.ofStatus(status) : "no response") + (flags.equals("-") ? "" : ", " + flags);
        return Optional.of(result(
                request.endpoint(names),
                start.get().at(),
                start.get().precision(),
                Latency.of(rest.group(3), Latency.Unit.MILLIS),
                error));
    }

    private static Outcome result(
            String endpoint, Instant start, Precision precision, Optional<Duration> latency, String error) {
        return new Outcome.Result(new RequestResult(
                "access log",
                endpoint,
                start,
                precision,
                latency.orElse(Duration.ZERO),
                !error.isEmpty(),
                error,
                1,
                latency.isPresent()));
    }
}
