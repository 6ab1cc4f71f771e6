package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A summary of a whole run: it is named, and said to be of no use here, for it tells no time of any request. */
final class Totals implements LoadDecoder {

    private static final int MOST_BYTES = 1000;

    private static final Map<Pattern, String> WORDS = words();
    private static final Map<Pattern, String> HEADERS = headers();

    private final String format;
    private boolean isTold;

    private Totals(String format) {
        this.format = format;
    }

    private static Map<Pattern, String> words() {
        Map<Pattern, String> formats = new LinkedHashMap<>();
        formats.put(Pattern.compile("Running [0-9.]{1,10}[smh]? test @ \\S+ ?\\(?.*"), "wrk-summary");
        formats.put(
                Pattern.compile("New configuration template added to \\S*siege\\S*|\\*\\* SIEGE [0-9].*"
                        + "|Transactions:\\s+[0-9]+ hits|\\{\\s*\"transactions\":\\s+[0-9]+,?"),
                "siege-summary");
        formats.put(Pattern.compile("This is ApacheBench, .*|Server Software: .*"), "ab-summary");
        formats.put(Pattern.compile("Requests {2,}\\[total, rate(?:, throughput)?].*"), "vegeta-report");
        return formats;
    }

    private static Map<Pattern, String> headers() {
        Map<Pattern, String> formats = new LinkedHashMap<>();
        formats.put(Pattern.compile("Percentage served,Time in ms"), "ab-percentiles");
        formats.put(
                Pattern.compile("Type,Name,(?:Request Count|# requests),(?:Failure Count|# failures),.*"),
                "locust-summary");
        formats.put(
                Pattern.compile("\"?Method\"?,\"?Name\"?,\"?Error\"?,\"?Occurrences\"?(?:,.*)?"), "locust-failures");
        formats.put(Pattern.compile("\"?Count\"?,\"?Message\"?,\"?Traceback\"?,\"?Nodes\"?"), "locust-exceptions");
        return formats;
    }

    /** The name of the summary for people that begins with {@code line}; empty if it is none. Other text may follow it. */
    static Optional<String> ofWords(RawLine line) {
        return first(WORDS, line);
    }

    /** The table that begins with the header {@code line}; empty if it is none. */
    static Optional<LoadDecoder> ofHeader(RawLine line) {
        return first(HEADERS, line).map(Totals::new);
    }

    private static Optional<String> first(Map<Pattern, String> formats, RawLine line) {
        if (line.length() > MOST_BYTES) {
            return Optional.empty();
        }
        String text = line.text().orElse("").strip();
        return formats.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(text).matches())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The summary that an object with these fields is; empty if it is none. */
    static Optional<LoadDecoder> ofFields(Set<String> names) {
        if (names.containsAll(Set.of("summary", "latencyPercentiles", "statusCodeDistribution"))) {
            return Optional.of(new Totals("oha-summary"));
        }
        if (names.containsAll(Set.of("connections", "sampleInt", "start", "finish", "non2xx"))) {
            return Optional.of(new Totals("autocannon-summary"));
        }
        if (names.containsAll(Set.of("transactions", "availability", "transaction_rate"))) {
            return Optional.of(new Totals("siege-summary"));
        }
        if (names.containsAll(Set.of("latencies", "status_codes", "throughput"))) {
            return Optional.of(new Totals("vegeta-report"));
        }
        return names.containsAll(Set.of("root_group", "metrics"))
                ? Optional.of(new Totals("k6-summary"))
                : Optional.empty();
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public Outcome decode(byte[] bytes, int from, int to, Origin origin) {
        RawLine line = new RawLine(bytes, from, to, origin);
        if (line.isBlank() || isTold) {
            return RawLine.nothing();
        }
        isTold = true;
        return line.unreadable(Reason.TOTALS_ONLY);
    }
}
