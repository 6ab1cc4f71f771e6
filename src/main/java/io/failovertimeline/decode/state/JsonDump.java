package io.failovertimeline.decode.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.failovertimeline.decode.Json;
import io.failovertimeline.decode.state.StateDump.Row;
import io.failovertimeline.model.StateKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON of patronictl, Patroni's REST API and etcdctl, on one line or indented. */
final class JsonDump implements DumpFormat {

    /** Names with which such a text begins, behind its brackets. */
    static final Set<String> FIRST_NAMES = Set.of(
            "Cluster",
            "Member",
            "TL",
            "LSN",
            "members",
            "state",
            "role",
            "patroni",
            "postmaster_start_time",
            "server_version",
            "database_system_identifier",
            "header",
            "kvs",
            "count",
            "scope",
            "pause",
            "scheduled_switchover",
            "ttl",
            "loop_wait",
            "retry_timeout",
            "maximum_lag_on_failover",
            "check_timeline",
            "failsafe_mode",
            "synchronous_mode",
            "standby_cluster",
            "postgresql",
            "slots");

    private static final Pattern BEGIN =
            Pattern.compile("\\s*[\\[{][\\s\\[{]*(?:\"(\\w+)\"\\s*:.*|\\d+\\s*,\\s*\\d+\\s*,.*)?");
    private static final Pattern INSIDE = Pattern.compile("\\s*(?:[\\[{]*\\s*|\"(\\w+)\"\\s*:.*|\\d+,\\s*)");
    private static final Set<String> SETTINGS = Set.of("ttl", "loop_wait", "retry_timeout");

    @Override
    public boolean begins(String line) {
        Matcher begin = BEGIN.matcher(line);
        return begin.matches() && (begin.group(1) == null || FIRST_NAMES.contains(begin.group(1)));
    }

    @Override
    public Extent extent(String first) {
        return new Extent() {
            private final Brackets brackets = new Brackets().over(first);
            private boolean named = first.indexOf('"') >= 0 || first.matches(".*\\d.*");

            @Override
            public boolean takes(String line) {
                if (brackets.closed() || !(named || mayFollow(line))) {
                    return false;
                }
                brackets.over(line);
                return true;
            }

            /** Behind brackets alone, what the text is shows in its first name. */
            private boolean mayFollow(String line) {
                Matcher inside = INSIDE.matcher(line);
                if (!inside.matches()) {
                    return false;
                }
                named = !line.isBlank() && "[{".indexOf(line.strip().charAt(0)) < 0;
                return inside.group(1) == null || FIRST_NAMES.contains(inside.group(1));
            }
        };
    }

    @Override
    public Optional<StateDump> read(List<String> lines) {
        return Json.read(String.join("\n", lines)).flatMap(JsonDump::dump);
    }

    private static Optional<StateDump> dump(JsonNode json) {
        if (json.isArray()) {
            return json.path(0).isArray() ? History.of(json).map(rows -> history(rows)) : table(json);
        }
        if (json.path("kvs").isArray()) {
            return DcsKeys.ofBase64(json.path("kvs"));
        }
        if (json.path("members").isArray()) {
            return members(json);
        }
        if (json.path("patroni").isObject() && json.path("state").isTextual()) {
            return Optional.of(status(json));
        }
        boolean isConfig = SETTINGS.stream().filter(json::has).count() > 0
                && (json.has("ttl") || json.has("loop_wait"))
                && !json.has("message")
                && !json.has("msg");
        return isConfig
                ? Optional.of(StateDump.of(StateKind.PATRONI_CONFIG, List.of(new Row(0, scalars(json)))))
                : Optional.empty();
    }

    private static StateDump history(List<SortedMap<String, String>> entries) {
        return StateDump.of(
                StateKind.PATRONICTL_HISTORY,
                entries.stream().map(fields -> new Row(0, fields)).toList());
    }

    /** {@code [{"Cluster": "batman", "Member": "db1", …}, …]}. */
    private static Optional<StateDump> table(JsonNode array) {
        List<Row> rows = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>();
        for (JsonNode object : array) {
            TreeMap<String, String> fields = new TreeMap<>();
            object.properties().forEach(field -> {
                String name = Columns.name(field.getKey());
                names.add(name);
                put(fields, name, field.getValue());
            });
            rows.add(new Row(0, fields));
        }
        return Columns.kind(names).map(kind -> StateDump.of(kind, rows));
    }

    private static Optional<StateDump> members(JsonNode json) {
        List<Row> rows = new ArrayList<>();
        boolean ofEtcd = json.path("members").path(0).has("peerURLs");
        for (JsonNode member : json.path("members")) {
            SortedMap<String, String> fields = ofEtcd ? etcdMember(member) : member(member);
            json.path("scope").asText("").lines().findFirst().ifPresent(scope -> fields.put("cluster", scope));
            rows.add(new Row(0, fields));
        }
        SortedMap<String, String> rest = scalars(json);
        json.path("scheduled_switchover")
                .properties()
                .forEach(field -> put(rest, "scheduled_switchover_" + Columns.name(field.getKey()), field.getValue()));
        rest.remove("scope");
        boolean known = ofEtcd || json.path("members").path(0).has("role");
        if (!known) {
            return Optional.empty();
        }
        if (!rest.isEmpty() && !ofEtcd) {
            rows.add(new Row(0, rest));
        }
        return Optional.of(StateDump.of(ofEtcd ? StateKind.ETCD_MEMBERS : StateKind.PATRONI_CLUSTER, rows));
    }

    /** Under the names that the same has in patronictl's table. */
    private static SortedMap<String, String> member(JsonNode member) {
        SortedMap<String, String> fields = scalars(member);
        rename(fields, "name", "member");
        rename(fields, "timeline", "tl");
        return fields;
    }

    /** Under the names that the same has in etcdctl's table; ids are decimal here and hexadecimal there. */
    private static SortedMap<String, String> etcdMember(JsonNode member) {
        TreeMap<String, String> fields = new TreeMap<>();
        String id = member.path("ID").asText();
        Cells.put(fields, "id", id.matches("\\d{1,20}") ? new java.math.BigInteger(id).toString(16) : "");
        Cells.put(fields, "name", member.path("name").asText());
        Cells.put(fields, "peer_addrs", joined(member.path("peerURLs")));
        Cells.put(fields, "client_addrs", joined(member.path("clientURLs")));
        Cells.put(fields, "is_learner", member.path("isLearner").asText("false"));
        return fields;
    }

    private static String joined(JsonNode texts) {
        List<String> all = new ArrayList<>();
        texts.forEach(text -> all.add(text.asText()));
        return String.join(",", all);
    }

    private static StateDump status(JsonNode json) {
        SortedMap<String, String> fields = scalars(json);
        json.path("xlog").properties().forEach(field -> put(fields, "xlog_" + field.getKey(), field.getValue()));
        Cells.put(fields, "cluster", json.path("patroni").path("scope").asText());
        Cells.put(fields, "member", json.path("patroni").path("name").asText());
        Cells.put(fields, "version", json.path("patroni").path("version").asText());
        rename(fields, "timeline", "tl");
        return StateDump.of(StateKind.PATRONI_STATUS, List.of(new Row(0, fields)));
    }

    private static void rename(SortedMap<String, String> fields, String from, String to) {
        Optional.ofNullable(fields.remove(from)).ifPresent(value -> fields.put(to, value));
    }

    /** The fields that hold one value each. */
    static SortedMap<String, String> scalars(JsonNode object) {
        TreeMap<String, String> fields = new TreeMap<>();
        object.properties().forEach(field -> put(fields, Columns.name(field.getKey()), field.getValue()));
        return fields;
    }

    private static void put(SortedMap<String, String> fields, String name, JsonNode value) {
        if (value.isValueNode() && !value.isNull()) {
            Cells.put(fields, name, value.asText());
        }
    }
}
