package io.failovertimeline.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.failovertimeline.model.Severity;
import io.failovertimeline.model.Stamp;
import io.failovertimeline.model.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads {@code journalctl -o json} and what shippers make of it: Vector, Fluent Bit, Filebeat, rsyslog, GELF, Docker's json-file.
 * journald writes a message that is not plain text as an array of bytes, one that was given more than once as an array of texts,
 * and one that is too long as {@code null}.
 */
final class JsonEnvelope {

    /** Names that only log records have; one of them in a line that is no JSON means that a record was torn. */
    private static final List<String> MARKS = List.of(
            "\"__REALTIME_TIMESTAMP\"",
            "\"__CURSOR\"",
            "\"_HOSTNAME\"",
            "\"_BOOT_ID\"",
            "\"_SYSTEMD_UNIT\"",
            "\"SYSLOG_IDENTIFIER\"",
            "\"MESSAGE\"",
            "\"error_severity\"",
            "\"levelname\"");

    private JsonEnvelope() {}

    /** Whether {@code text}, which is no JSON object, is a part of a log record's. */
    static boolean isTorn(String text) {
        return text.startsWith("{\"") && MARKS.stream().anyMatch(text::contains);
    }

    /** The record that {@code object} is; empty if it is no log record. */
    static Optional<Envelope> read(JsonNode object) {
        boolean fromJournal = object.has("MESSAGE") || (object.has("__REALTIME_TIMESTAMP") && !object.has("message"));
        JsonNode message = fromJournal ? object.path("MESSAGE") : shipped(object);
        Optional<String> host = Json.text(
                object,
                "_HOSTNAME",
                "HOSTNAME",
                "kubernetes.pod_name",
                "host",
                "host.hostname",
                "host.name",
                "hostname",
                "fromhost",
                "HOST");
        boolean hasTime = object.has("timestamp") || object.has("@timestamp") || object.has("time");
        if (message.isMissingNode() || (!fromJournal && host.isEmpty() && !hasTime)) {
            return Optional.empty();
        }
        Optional<WrittenTime> source = micros(object, "_SOURCE_REALTIME_TIMESTAMP", "SOURCE_REALTIME_TIMESTAMP");
        return Optional.of(new Envelope(
                fromJournal ? "journald-json" : object.has("stream") ? "docker-json" : "shipper-json",
                source.or(() -> reception(object)),
                source.isPresent() ? Stamp.Clock.SOURCE : Stamp.Clock.RECEPTION,
                host,
                writer(object),
                Json.text(object, "UNIT", "journald.unit"),
                severity(object),
                message(message)));
    }

    private static Writer writer(JsonNode object) {
        return new Writer(
                Json.text(
                        object, "SYSLOG_IDENTIFIER", "syslog.identifier", "programname", "appname", "PROGRAM", "_COMM"),
                Json.text(object, "_SYSTEMD_UNIT", "SYSTEMD_UNIT", "systemd.unit"),
                Json.scalar(object, "_PID", "SYSLOG_PID", "PID", "journald.pid", "process.pid", "procid")
                        .map(ProcessId::of)
                        .orElse(OptionalLong.empty()));
    }

    private static Optional<Severity> severity(JsonNode object) {
        return Json.scalar(
                        object, "PRIORITY", "syslog.priority", "log.syslog.priority", "priority", "severity", "level")
                .flatMap(Severities::of);
    }

    private static JsonNode shipped(JsonNode object) {
        JsonNode message = object.path("message");
        if (message.isMissingNode()) {
            message = object.path("short_message");
        }
        return message.isMissingNode() ? object.path("log") : message;
    }

    private static Optional<WrittenTime> reception(JsonNode object) {
        Optional<WrittenTime> micros = micros(object, "__REALTIME_TIMESTAMP", "_REALTIME_TIMESTAMP");
        if (micros.isPresent()) {
            return micros;
        }
        for (String name : List.of("@timestamp", "timestamp", "timereported", "timegenerated", "time", "ISODATE")) {
            Optional<WrittenTime> time = JsonOwnLine.time(object.path(name));
            if (time.isPresent()) {
                return time;
            }
        }
        return Optional.empty();
    }

    private static Optional<WrittenTime> micros(JsonNode object, String... names) {
        return Json.text(object, names)
                .filter(text -> text.length() <= 18 && text.chars().allMatch(digit -> Cursor.isDigit((char) digit)))
                .flatMap(text -> TimeText.epoch(new BigDecimal(text).movePointLeft(6), 6));
    }

    private static Optional<String> message(JsonNode value) {
        if (value.isTextual()) {
            return Optional.of(value.textValue().stripTrailing());
        }
        if (!value.isArray()) {
            return Optional.empty();
        }
        if (value.size() > 0 && value.get(0).isInt()) {
            byte[] bytes = new byte[value.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) value.get(i).asInt();
            }
            return Optional.of(new String(bytes, StandardCharsets.UTF_8).stripTrailing());
        }
        for (JsonNode element : value) {
            Optional<String> first = message(element);
            if (first.isPresent()) {
                return first;
            }
        }
        return Optional.empty();
    }
}
