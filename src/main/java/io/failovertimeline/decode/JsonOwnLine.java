package io.failovertimeline.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.failovertimeline.model.Component;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The JSON logs of the programs themselves: etcd (zap), PostgreSQL (jsonlog), Patroni ({@code log.type: json}). */
final class JsonOwnLine {

    /** The format of PostgreSQL's jsonlog. */
    static final String POSTGRESQL = "postgresql-json";

    private static final Set<String> ZAP_FRAME = Set.of("level", "ts", "logger", "caller", "msg", "stacktrace");

    /** What {@code log.format} may call the fields of Patroni's records, and most do. */
    private static final JsonFields TIME =
            JsonFields.named("asctime", "@timestamp", "timestamp", "time", "ts", "datetime", "date");

    private static final JsonFields LEVEL =
            JsonFields.named("levelname", "level", "severity", "loglevel", "log_level", "log.level");
    private static final JsonFields MESSAGE = JsonFields.named("message", "msg", "text", "event");
    private static final JsonFields LOGGER = JsonFields.named("name", "logger", "logger_name", "log.logger");

    /** {@code asctime} where no {@code log.dateformat} says otherwise. */
    private static final Pattern PYTHONS_TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3}");

    private JsonOwnLine() {}

    /** What {@code object} says, if it is a record of one of these programs. */
    static Optional<OwnLine> read(JsonNode object) {
        if (object.has("error_severity") && object.has("timestamp")) {
            return Optional.of(postgres(object));
        }
        if (object.path("msg").isTextual() && object.has("ts") && object.has("level")) {
            return Optional.of(etcd(object));
        }
        return isPatronis(object) ? Optional.of(patroni(object)) : Optional.empty();
    }

    /** Whoever wrote {@code object}, where a field that its program was told to add, or a shipper, says so. */
    static Optional<String> host(OwnLine line, JsonNode object) {
        return line.component() == Component.ETCD ? Optional.empty() : JsonEnvelope.HOST.text(object);
    }

    /**
     * Whether {@code object} has a field that only Python's logging has, or, as {@code log.format} may rename all of them, a message with
     * a time as Python writes it, or of a logger of Patroni's. A shipper's own {@code @timestamp} has an offset.
     */
    private static boolean isPatronis(JsonNode object) {
        if (MESSAGE.text(object).isEmpty()) {
            return false;
        }
        if (object.has("levelname") || object.has("asctime")) {
            return true;
        }
        boolean hasLevel =
                LEVEL.text(object).filter(PatroniText.LEVELS::contains).isPresent();
        boolean isPythons = TIME.text(object)
                .filter(written -> PYTHONS_TIME.matcher(written).matches())
                .isPresent();
        boolean isLocal = time(object.path("@timestamp"))
                .filter(written -> !written.isAbsolute())
                .isPresent();
        boolean isOfLogger = LOGGER.text(object)
                .filter(name -> name.equals("patroni") || name.startsWith("patroni."))
                .isPresent();
        return hasLevel && (isPythons || isLocal || isOfLogger);
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

    private static OwnLine patroni(JsonNode object) {
        return new OwnLine(
                "patroni-json",
                time(TIME.in(object)),
                Component.PATRONI,
                LEVEL.text(object).flatMap(Severities::of),
                MESSAGE.text(object).orElse(""));
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
