package io.failovertimeline.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.failovertimeline.model.Component;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The JSON logs of the programs themselves: etcd (zap), PostgreSQL (jsonlog), Patroni ({@code log.type: json}). */
final class JsonOwnLine {

    /** The format of PostgreSQL's jsonlog. */
    static final String POSTGRESQL = "postgresql-json";

    private static final Set<String> ZAP_FRAME = Set.of("level", "ts", "logger", "caller", "msg", "stacktrace");

    private JsonOwnLine() {}

    /** What {@code object} says, if it is a record of one of these programs. */
    static Optional<OwnLine> read(JsonNode object) {
        if (object.has("error_severity") && object.has("timestamp")) {
            return Optional.of(postgres(object));
        }
        if (object.path("msg").isTextual() && object.has("ts") && object.has("level")) {
            return Optional.of(etcd(object));
        }
        if (object.path("message").isTextual() && (object.has("levelname") || object.has("asctime"))) {
            return Optional.of(patroni(object, "asctime"));
        }
        // Patroni's documented renaming; a shipper's own @timestamp has an offset
        boolean renamed = object.path("message").isTextual() && object.has("level") && object.has("@timestamp");
        return renamed
                ? Optional.of(patroni(object, "@timestamp"))
                        .filter(line ->
                                line.time().filter(time -> !time.isAbsolute()).isPresent())
                : Optional.empty();
    }

    private static OwnLine postgres(JsonNode object) {
        Optional<WrittenTime> time = Json.text(object, "timestamp").flatMap(JsonOwnLine::zonedTime);
        String severity = PostgresText.inEnglish(object.path("error_severity").asText());
        return new OwnLine(
                POSTGRESQL,
                time,
                ProcessId.of(object.path("pid").asText()),
                Component.POSTGRESQL,
                PostgresText.severity(severity),
                new PostgresMessage(severity, object.path("message").asText())
                        .with("DETAIL", object.path("detail").asText())
                        .with("HINT", object.path("hint").asText())
                        .with("QUERY", object.path("internal_query").asText())
                        .with("CONTEXT", object.path("context").asText())
                        .with("LOCATION", location(object))
                        .with("BACKTRACE", object.path("backtrace").asText())
                        .with("STATEMENT", object.path("statement").asText())
                        .text());
    }

    private static String location(JsonNode object) {
        String function = object.path("func_name").asText();
        String file = object.path("file_name").asText();
        String place =
                file.isEmpty() ? "" : file + ":" + object.path("file_line_num").asText();
        return function.isEmpty() || place.isEmpty() ? function + place : function + ", " + place;
    }

    private static Optional<WrittenTime> zonedTime(String text) {
        Cursor cursor = new Cursor(text, 0);
        return TimeText.dated(cursor)
                .map(time -> cursor.take(' ')
                        ? ZoneText.word(cursor).map(time::inZone).orElse(time)
                        : time);
    }

    private static OwnLine etcd(JsonNode object) {
        StringBuilder message = new StringBuilder(object.path("msg").textValue());
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!ZAP_FRAME.contains(field.getKey()) && field.getValue().isValueNode()) {
                message.append(' ')
                        .append(field.getKey())
                        .append('=')
                        .append(field.getValue().asText());
            }
        }
        return new OwnLine(
                "etcd",
                time(object.path("ts")),
                Component.ETCD,
                Severities.of(object.path("level").asText()),
                message.toString());
    }

    private static OwnLine patroni(JsonNode object, String timeField) {
        return new OwnLine(
                "patroni-json",
                time(object.path(timeField)),
                Component.PATRONI,
                Json.text(object, "levelname", "level").flatMap(Severities::of),
                object.path("message").textValue());
    }

    /** A time written as text or as seconds since 1970; empty if it is neither. */
    static Optional<WrittenTime> time(JsonNode value) {
        if (value.isNumber()) {
            boolean isWhole = value.isIntegralNumber();
            return TimeText.epoch(value.decimalValue(), isWhole ? 0 : 6); // a double tells no more than microseconds
        }
        if (!value.isTextual()) {
            return Optional.empty();
        }
        Cursor cursor = new Cursor(value.textValue(), 0);
        return TimeText.dated(cursor).or(() -> TimeText.monthAndDay(cursor));
    }
}
