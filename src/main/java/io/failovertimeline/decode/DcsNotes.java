package io.failovertimeline.decode;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a dump of Patroni's keys in one source tells: {@code etcdctl get --prefix /} as text or, in base64, as JSON. */
final class DcsNotes {

    private static final Pattern KEY = Pattern.compile(
            "/\\S*?([^/\\s]+)/(?:members/(\\S+)|(leader|config|initialize|status|sync|history|failover|failsafe))");

    /** Patroni's own default. */
    private static final String USUAL_NAMESPACE = "/service/";

    private final TreeMap<String, SortedSet<String>> members = new TreeMap<>();
    private final TreeMap<String, SortedSet<String>> keys = new TreeMap<>();
    private final LinesByNumber<String> configKeys = new LinesByNumber<>();
    private final LinesByNumber<Map<String, Integer>> configs = new LinesByNumber<>();
    private final LinesByNumber<Map<String, Map<String, Integer>>> dumps = new LinesByNumber<>();

    void key(String text, long line) {
        Matcher key = KEY.matcher(text);
        if (key.matches()) {
            note(text, key);
            if ("config".equals(key.group(3))) {
                configKeys.put(line, key.group(1));
            }
        }
    }

    private void note(String text, Matcher key) {
        String scope = key.group(1);
        if (key.group(2) != null) {
            members.computeIfAbsent(scope, unused -> new TreeSet<>()).add(key.group(2));
        } else {
            keys.computeIfAbsent(scope, unused -> new TreeSet<>()).add(key.group(3));
        }
        if (text.startsWith(USUAL_NAMESPACE)) {
            members.computeIfAbsent(scope, unused -> new TreeSet<>());
        }
    }

    void json(String text, long line) {
        if (text.contains("\"kvs\":[")) {
            Map<String, Map<String, Integer>> found = new TreeMap<>();
            Json.object(text).ifPresent(dump -> dump.path("kvs").forEach(pair -> dumped(pair, found)));
            dumps.put(line, found);
        } else {
            settings(text).ifPresent(found -> configs.put(line, found));
        }
    }

    private void dumped(JsonNode pair, Map<String, Map<String, Integer>> found) {
        String path = base64(pair.path("key").asText());
        Matcher key = KEY.matcher(path);
        if (key.matches()) {
            note(path, key);
            if ("config".equals(key.group(3))) {
                settings(base64(pair.path("value").asText())).ifPresent(config -> found.put(key.group(1), config));
            }
        }
    }

    private static String base64(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }

    private static Optional<Map<String, Integer>> settings(String json) {
        if (!json.contains("\"ttl\"") && !json.contains("\"loop_wait\"")) {
            return Optional.empty();
        }
        return Json.object(json).map(config -> {
            Map<String, Integer> found = new TreeMap<>();
            for (String name : List.of("ttl", "loop_wait", "retry_timeout")) {
                if (config.path(name).isInt()) {
                    found.put(name, config.path(name).intValue());
                }
            }
            return found;
        });
    }

    /** Members by cluster. A single key outside Patroni's usual namespace may be any path, and makes no cluster. */
    Map<String, SortedSet<String>> clusters() {
        TreeMap<String, SortedSet<String>> clusters = new TreeMap<>(members);
        keys.forEach((scope, kinds) -> {
            if (kinds.size() > 1 || kinds.contains("initialize")) {
                clusters.putIfAbsent(scope, new TreeSet<>());
            }
        });
        return clusters;
    }

    /** Patroni's timing, in seconds, by cluster; {@code ""} where the source does not say which. */
    Map<String, Map<String, Integer>> settings() {
        TreeMap<String, Map<String, Integer>> settings = new TreeMap<>();
        dumps.all().values().forEach(found -> found.forEach(settings::putIfAbsent));
        configs.all()
                .forEach((line, found) -> settings.putIfAbsent(configKeys.all().getOrDefault(line - 1, ""), found));
        return settings;
    }
}
