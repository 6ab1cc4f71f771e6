package io.failovertimeline.decode.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.failovertimeline.decode.Json;
import io.failovertimeline.decode.state.StateDump.Row;
import io.failovertimeline.model.StateKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Patroni's keys and their values: {@code etcdctl get --prefix /} as text, where a value may take several lines, or in base64, as
 * JSON. A row has {@code cluster}, {@code key} (below the scope) and {@code value}; of a JSON object its plain values instead, of
 * the history a row each entry.
 */
final class DcsKeys implements DumpFormat {

    private static final Pattern KEY = Pattern.compile("/(?:\\S*?/)?([^/\\s]+)(?:/\\d+)?"
            + "/(members/\\S+|optime/leader|leader|config|initialize|status|sync|history|failover|failsafe)\\s*");

    /** Patroni's own default. */
    private static final String USUAL_NAMESPACE = "/service/";

    private static final int LONGEST_VALUE = 1000;

    private record Pair(int line, String path, String value) {}

    @Override
    public boolean begins(String line) {
        return KEY.matcher(line).matches();
    }

    @Override
    public Extent extent(String first) {
        return new Walk();
    }

    /** Goes over the lines behind the first key. */
    private final class Walk implements Extent {
        private Brackets value = new Brackets();
        private boolean hasValue;
        private boolean atKey;

        @Override
        public boolean takes(String line) {
            atKey = value.closed() && begins(line);
            if (atKey) {
                value = new Brackets();
                hasValue = false;
                return true;
            }
            if (hasValue && value.closed()) {
                return false;
            }
            boolean isJson = hasValue || line.startsWith("{") || line.startsWith("[");
            hasValue = true;
            if (isJson) {
                value.over(line);
            }
            return isJson || line.strip().indexOf(' ') < 0;
        }
    }

    @Override
    public Optional<StateDump> read(List<String> lines) {
        List<Pair> pairs = new ArrayList<>();
        List<String> value = new ArrayList<>();
        Walk walk = new Walk();
        int key = 0;
        for (int i = 1; i < lines.size(); i++) {
            if (walk.takes(lines.get(i)) && walk.atKey) {
                pairs.add(new Pair(key, lines.get(key), String.join("\n", value)));
                value.clear();
                key = i;
            } else {
                value.add(lines.get(i));
            }
        }
        pairs.add(new Pair(key, lines.get(key), String.join("\n", value)));
        return dump(pairs);
    }

    /** The pairs in {@code etcdctl -w json}'s {@code kvs}. */
    static Optional<StateDump> ofBase64(JsonNode kvs) {
        List<Pair> pairs = new ArrayList<>();
        for (JsonNode pair : kvs) {
            String path = base64(pair.path("key").asText());
            if (KEY.matcher(path).matches()) {
                pairs.add(new Pair(0, path, base64(pair.path("value").asText())));
            }
        }
        return dump(pairs);
    }

    private static String base64(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    private static Optional<StateDump> dump(List<Pair> pairs) {
        List<Row> rows = new ArrayList<>();
        boolean proven = false;
        Set<String> kinds = new TreeSet<>();
        for (Pair pair : pairs) {
            Matcher key = KEY.matcher(pair.path());
            if (key.matches()) {
                Optional<JsonNode> json = Json.read(pair.value());
                kinds.add(key.group(2));
                proven |= pair.path().startsWith(USUAL_NAMESPACE) || isPatronis(key.group(2), json);
                rows.addAll(rows(pair, key.group(1), key.group(2), json));
            }
        }
        // elsewhere a single key may be any path
        return proven || kinds.size() > 1 || kinds.contains("initialize")
                ? Optional.of(StateDump.of(StateKind.DCS_KEYS, rows))
                : Optional.empty();
    }

    private static boolean isPatronis(String key, Optional<JsonNode> json) {
        return json.filter(value -> value.has("ttl")
                        || value.has("conn_url")
                        || value.has("optime")
                        || (key.equals("history") && History.of(value).isPresent()))
                .isPresent();
    }

    private static List<Row> rows(Pair pair, String cluster, String key, Optional<JsonNode> json) {
        Optional<List<SortedMap<String, String>>> history =
                key.equals("history") ? json.flatMap(History::of) : Optional.empty();
        if (history.isPresent()) {
            return history.get().stream()
                    .map(entry -> row(pair, cluster, key, entry))
                    .toList();
        }
        TreeMap<String, String> fields = new TreeMap<>();
        json.filter(JsonNode::isObject)
                .ifPresentOrElse(
                        object -> fields.putAll(JsonDump.scalars(object)),
                        () -> Cells.put(
                                fields,
                                key.equals("optime/leader") ? "optime" : "value",
                                pair.value().substring(0, Math.min(pair.value().length(), LONGEST_VALUE))));
        return List.of(row(pair, cluster, key, fields));
    }

    private static Row row(Pair pair, String cluster, String key, Map<String, String> values) {
        TreeMap<String, String> fields = new TreeMap<>(values);
        fields.put("cluster", cluster);
        fields.put("key", key);
        return new Row(pair.line(), fields);
    }
}
