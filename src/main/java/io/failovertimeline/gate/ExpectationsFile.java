package io.failovertimeline.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.failovertimeline.gate.Expectations.ExpectedIncident;
import io.failovertimeline.gate.Expectations.Limits;
import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.PhaseName;
import io.failovertimeline.model.WrittenDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads expectations, which are YAML:
 *
 * <pre>{@code
 * incidents:
 *   - kind: FAILOVER
 *     cause: [HOST_DOWN, POSTGRES_CRASH]
 *     outage: 30s
 *     failedRequests: 500
 *     dataLoss: 0
 *     twoLeaders: never
 *     phases: {DETECTION: 25s, PROMOTION: 5s}
 *     endpoints:
 *       GET /Cities: {outage: 10s}
 * others: none
 * failedElsewhere: 3
 * }</pre>
 */
public final class ExpectationsFile {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String name;
    private final List<String> problems = new ArrayList<>();

    private ExpectationsFile(String name) {
        this.name = name;
    }

    /**
     * Reads {@code yaml}.
     *
     * @param name the file's, for messages
     * @throws ExpectationsException if anything in it is no expectation; names all of it
     */
    public static Expectations read(String name, String yaml) throws ExpectationsException {
        ExpectationsFile file = new ExpectationsFile(name);
        Expectations expectations;
        try {
            expectations = file.expectations(YAML.readTree(yaml));
        } catch (JsonProcessingException broken) {
            int line = broken.getLocation() == null ? 1 : broken.getLocation().getLineNr();
            throw new ExpectationsException(List.of(name + ":" + line + ": is no YAML: "
                    + broken.getOriginalMessage().lines().findFirst().orElse("")));
        }
        if (!file.problems.isEmpty()) {
            throw new ExpectationsException(file.problems);
        }
        return expectations;
    }

    private Expectations expectations(JsonNode root) {
        keys(root, "", "incidents", "others", "failedElsewhere");
        List<ExpectedIncident> incidents = new ArrayList<>();
        JsonNode list = root.path("incidents");
        if (!list.isArray()) {
            problem("incidents", "has to be a list; an empty one, [], says that nothing may happen");
        }
        for (int i = 0; i < list.size(); i++) {
            incidents.add(incident(list.get(i), "incidents[" + i + "]"));
        }
        boolean others = word(root, "", "others", "none", "allowed")
                .filter("allowed"::equals)
                .isPresent();
        return new Expectations(incidents, others, count(root, "", "failedElsewhere"));
    }

    private ExpectedIncident incident(JsonNode node, String at) {
        keys(
                node,
                at,
                "kind",
                "cluster",
                "cause",
                "oldLeader",
                "newLeader",
                "state",
                "outage",
                "failedRequests",
                "dataLoss",
                "twoLeaders",
                "phases",
                "endpoints");
        return new ExpectedIncident(
                text(node, "kind").flatMap(kind -> constant(IncidentKind.class, kind, at + ".kind")),
                text(node, "cluster"),
                causes(node.path("cause"), at + ".cause"),
                text(node, "oldLeader"),
                text(node, "newLeader"),
                word(node, at, "state", "CLOSED").isPresent(),
                limits(node, at),
                amount(node, at, "dataLoss", Amounts::size, "a size such as 0 or 16MB"),
                word(node, at, "twoLeaders", "never").isPresent(),
                phases(node.path("phases"), at + ".phases"),
                endpoints(node.path("endpoints"), at + ".endpoints"));
    }

    private Set<CauseCode> causes(JsonNode node, String at) {
        Set<CauseCode> causes = new LinkedHashSet<>();
        List<JsonNode> each = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(each::add);
        } else if (!node.isMissingNode()) {
            each.add(node);
        }
        each.forEach(code -> constant(CauseCode.class, code.asText(), at).ifPresent(causes::add));
        return causes;
    }

    private Map<PhaseName, Duration> phases(JsonNode node, String at) {
        Map<PhaseName, Duration> phases = new EnumMap<>(PhaseName.class);
        isMap(node, at);
        node.fieldNames().forEachRemaining(key -> constant(PhaseName.class, key, at)
                .ifPresent(phase -> span(node, at, key).ifPresent(most -> phases.put(phase, most))));
        return phases;
    }

    private Map<String, Limits> endpoints(JsonNode node, String at) {
        Map<String, Limits> endpoints = new TreeMap<>();
        isMap(node, at);
        node.fieldNames().forEachRemaining(endpoint -> {
            keys(node.get(endpoint), at + "." + endpoint, "outage", "failedRequests");
            endpoints.put(endpoint, limits(node.get(endpoint), at + "." + endpoint));
        });
        return endpoints;
    }

    private Limits limits(JsonNode node, String at) {
        return new Limits(span(node, at, "outage"), count(node, at, "failedRequests"));
    }

    private Optional<Duration> span(JsonNode node, String at, String key) {
        return amount(node, at, key, WrittenDuration::parse, "a duration such as 30s, 1m30s or 500ms");
    }

    private Optional<Long> count(JsonNode node, String at, String key) {
        return amount(
                node,
                at,
                key,
                text -> text.matches("\\d{1,15}") ? Optional.of(Long.parseLong(text)) : Optional.empty(),
                "a number of requests");
    }

    private <T> Optional<T> amount(
            JsonNode node, String at, String key, Function<String, Optional<T>> reading, String form) {
        Optional<String> written = text(node, key);
        Optional<T> amount = written.flatMap(reading);
        if (written.isPresent() && amount.isEmpty()) {
            problem(path(at, key), "'" + written.get() + "' is not " + form);
        }
        return amount;
    }

    private Optional<String> word(JsonNode node, String at, String key, String... words) {
        Optional<String> written = text(node, key);
        Optional<String> known = written.filter(word -> List.of(words).contains(word));
        if (written.isPresent() && known.isEmpty()) {
            problem(path(at, key), "'" + written.get() + "' is not " + String.join(" or ", words));
        }
        return known;
    }

    private <E extends Enum<E>> Optional<E> constant(Class<E> of, String text, String at) {
        Optional<E> found = Arrays.stream(of.getEnumConstants())
                .filter(constant -> constant.name().equals(text))
                .findFirst();
        if (found.isEmpty()) {
            problem(at, "'" + text + "' is not one of " + Arrays.toString(of.getEnumConstants()));
        }
        return found;
    }

    private static Optional<String> text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return value.isMissingNode() || value.isNull()
                ? Optional.empty()
                : Optional.of(value.isValueNode() ? value.asText() : value.toString());
    }

    private void keys(JsonNode node, String at, String... known) {
        if (!node.isObject()) {
            problem(at, "has to be a map of " + String.join(", ", known));
            return;
        }
        List<String> names = Arrays.asList(known);
        node.fieldNames().forEachRemaining(key -> {
            if (!names.contains(key)) {
                problem(path(at, key), "is not known; there are " + String.join(", ", known));
            }
        });
    }

    private void isMap(JsonNode node, String at) {
        if (!node.isMissingNode() && !node.isObject()) {
            problem(at, "has to be a map");
        }
    }

    private static String path(String at, String key) {
        return at.isEmpty() ? key : at + "." + key;
    }

    private void problem(String at, String what) {
        problems.add(name + ": " + (at.isEmpty() ? "the file" : at) + " " + what);
    }
}
