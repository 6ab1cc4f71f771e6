package io.failovertimeline.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which incidents are asked for: {@code cluster}, {@code kind}, {@code cause}, {@code state}, {@code from}, {@code to}, {@code limit}. */
final class Query {

    private static final Set<String> KNOWN = Set.of("cluster", "kind", "cause", "state", "from", "to", "limit");
    private static final int MOST = 1_000;
    private static final int USUAL = 100;

    private final Map<String, String> asked = new HashMap<>();

    /**
     * Reads what stands after the question mark.
     *
     * @throws IllegalArgumentException if it can't be used; the message says why
     */
    Query(@Nullable String text) {
        for (String pair : text == null || text.isEmpty() ? new String[0] : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException(
                        "There is no parameter of that name; there are " + String.join(", ", new TreeSet<>(KNOWN)));
            }
            asked.put(name, equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        limit();
        instant("from");
        instant("to");
    }

    /** Those that match, at most as many as asked for. */
    List<Entry> of(List<Entry> incidents) {
        return incidents.stream()
                .filter(incident -> is("cluster", incident.cluster())
                        && is("kind", incident.kind())
                        && is("state", incident.state())
                        && is("cause", incident.cause())
                        && isBetween(incident.startedAt()))
                .limit(limit())
                .toList();
    }

    private boolean is(String name, String value) {
        return !asked.containsKey(name) || value.equals(asked.get(name));
    }

    private boolean isBetween(String startedAt) {
        Instant at = Instant.parse(startedAt);
        return instant("from").filter(at::isBefore).isEmpty()
                && instant("to").filter(at::isAfter).isEmpty();
    }

    private int limit() {
        try {
            int limit = Integer.parseInt(asked.getOrDefault("limit", String.valueOf(USUAL)));
            if (limit < 1 || limit > MOST) {
                throw new IllegalArgumentException("limit goes from 1 to " + MOST);
            }
            return limit;
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException("limit is a number from 1 to " + MOST, noNumber);
        }
    }

    private Optional<Instant> instant(String name) {
        try {
            return Optional.ofNullable(asked.get(name)).map(Instant::parse);
        } catch (DateTimeException noInstant) {
            throw new IllegalArgumentException(name + " is an instant, such as 2026-11-22T18:14:01Z", noInstant);
        }
    }
}
