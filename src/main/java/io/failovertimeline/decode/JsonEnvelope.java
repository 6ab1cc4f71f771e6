package io.failovertimeline.decode;

import com.fasterxml.jackson.databind.JsonNode;
import io.failovertimeline.model.Stamp;
import io.failovertimeline.model.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads {@code journalctl -o json} and what shippers make of it: Vector, Fluent Bit, Filebeat, rsyslog, syslog-ng, Logstash, GELF,
 * Docker's json-file. journald writes a message that is not plain text as an array of bytes, one that was given more than once as
 * an array of texts, of which the first counts, and one that is too long as {@code null}.
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

    // Fluent Bit writes journald's names in lower case, or without their first underscore, if told to.
    static final JsonFields HOST = JsonFields.named(
            "_HOSTNAME",
            "HOSTNAME",
            "_hostname",
            "kubernetes.pod_name",
            "kubernetes.pod.name",
            "host",
            "host.hostname",
            "host.name",
            "hostname",
            "fromhost",
            "HOST");
    private static final JsonFields PROGRAM = JsonFields.named(
            "CONTAINER_NAME", // Docker's journald driver, whose identifier is the container's id
            "SYSLOG_IDENTIFIER",
            "syslog_identifier",
            "syslog.identifier",
            "log.syslog.appname",
            "programname",
            "appname",
            "program",
            "PROGRAM",
            "_COMM",
            "_comm",
            "kubernetes.container_name",
            "kubernetes.container.name",
            "container.name",
            "container_name",
            "_container_name");
    private static final JsonFields UNIT =
            JsonFields.named("_SYSTEMD_UNIT", "SYSTEMD_UNIT", "_systemd_unit", "systemd_unit", "systemd.unit");
    private static final JsonFields SUBJECT = JsonFields.named("UNIT", "unit", "journald.unit");
    private static final JsonFields PID = JsonFields.named(
            "_PID",
            "SYSLOG_PID",
            "PID",
            "_pid",
            "syslog_pid",
            "pid",
            "journald.pid",
            "process.pid",
            "syslog.pid",
            "procid",
            "PROCID");
    private static final JsonFields SEVERITY = JsonFields.named(
            "PRIORITY",
            "priority",
            "log.syslog.priority",
            "syslog.priority",
            "log.syslog.severity.code",
            "severity",
            "level",
            "LEVEL");
    private static final JsonFields SOURCE_MICROS = JsonFields.named(
            "_SOURCE_REALTIME_TIMESTAMP",
            "SOURCE_REALTIME_TIMESTAMP",
            "_source_realtime_timestamp",
            "source_realtime_timestamp");
    private static final JsonFields RECEPTION_MICROS = JsonFields.named(
            "__REALTIME_TIMESTAMP", "_REALTIME_TIMESTAMP", "__realtime_timestamp", "_realtime_timestamp");
    private static final List<String> RECEPTION =
            List.of("@timestamp", "timestamp", "timegenerated", "time", "ISODATE", "R_ISODATE", "DATE", "date");
    private static final JsonFields STREAM =
            JsonFields.named("stream", "CONTAINER_PARTIAL_ID", "partial_id", "_STREAM_ID");
    /** Docker's journald and GELF drivers, Fluent Bit's CRI parsers, journald. */
    private static final JsonFields CUT =
            JsonFields.named("CONTAINER_PARTIAL_MESSAGE", "partial_message", "_p", "logtag", "_LINE_BREAK");
    /** Docker's fluentd driver marks the last part like the others, and as the last. */
    private static final JsonFields LAST = JsonFields.named("CONTAINER_PARTIAL_LAST", "partial_last");

    private JsonEnvelope() {}

    /** Whether {@code text}, which is no JSON object, is a part of a log record's. */
    static boolean isTorn(String text) {
        return (text.startsWith("{\"") || text.startsWith("{\n")) && hasMark(text);
    }

    /** Whether a name stands in {@code text} that only log records have. */
    static boolean hasMark(String text) {
        return MARKS.stream().anyMatch(text::contains);
    }

    /** The record that {@code object} is; empty if it is no log record. */
    static Optional<Envelope> read(JsonNode object) {
        boolean fromJournal = object.has("MESSAGE");
        JsonNode message = fromJournal ? object.path("MESSAGE") : shipped(object);
        Optional<String> host = HOST.text(object);
        boolean hasTime = object.has("timestamp") || object.has("@timestamp") || object.has("time");
        if (message.isMissingNode() || (!fromJournal && host.isEmpty() && !hasTime)) {
            return Optional.empty();
        }
        Optional<WrittenTime> source =
                micros(object, SOURCE_MICROS).or(() -> JsonOwnLine.time(object.path("timereported")));
        Part part = part(object, message);
        return Optional.of(new Envelope(
                format(object, fromJournal),
                source.or(() -> reception(object)),
                source.isPresent() ? Stamp.Clock.SOURCE : Stamp.Clock.RECEPTION,
                host,
                writer(object),
                SUBJECT.text(object),
                SEVERITY.scalar(object).flatMap(Severities::of),
                part,
                text(message).map(text -> part.goesOn() ? text : asSent(object, text.stripTrailing()))));
    }

    /** Whether {@code object} is a record of journald without a message, which is allowed and tells nothing. */
    static boolean isSilent(JsonNode object) {
        return object.has("__REALTIME_TIMESTAMP")
                && !object.has("MESSAGE")
                && shipped(object).isMissingNode();
    }

    private static String format(JsonNode object, boolean fromJournal) {
        if (fromJournal) {
            boolean isSyslogNg = object.has("PROGRAM") && !object.has("SYSLOG_IDENTIFIER");
            return isSyslogNg ? "syslog-json" : "journald-json";
        }
        return object.has("stream") ? "docker-json" : "shipper-json";
    }

    private static Writer writer(JsonNode object) {
        return new Writer(
                PROGRAM.text(object),
                UNIT.text(object),
                PID.scalar(object).map(ProcessId::of).orElse(OptionalLong.empty()));
    }

    private static Part part(JsonNode object, JsonNode message) {
        Part part = part(object);
        return isBytes(message) ? part.of(bytes(message), 0, message.size()) : part;
    }

    private static Part part(JsonNode object) {
        JsonNode log = object.path("log");
        boolean isJsonFile = log.isTextual() && object.has("stream") && object.has("time") && object.size() <= 4;
        boolean goesOn = isJsonFile
                ? !log.textValue().endsWith("\n")
                : CUT.scalar(object)
                                .filter(cut -> cut.equals("true") || cut.equals("P") || cut.equals("line-max"))
                                .isPresent()
                        && LAST.scalar(object).filter("true"::equals).isEmpty();
        Optional<String> stream = STREAM.text(object);
        return goesOn || stream.isPresent() ? new Part(stream, goesOn) : Part.WHOLE;
    }

    private static JsonNode shipped(JsonNode object) {
        JsonNode message = object.path("message");
        if (!message.isMissingNode()) {
            return message;
        }
        JsonNode brief = object.path("short_message");
        JsonNode full = object.path("full_message");
        if (brief.isTextual()) {
            // some senders put the raw syslog record there instead
            boolean goesOn = full.isTextual() && full.textValue().startsWith(brief.textValue());
            return goesOn ? full : brief;
        }
        JsonNode log = object.path("log");
        return log.isTextual() ? log : object.path("event").path("original");
    }

    private static String asSent(JsonNode object, String text) {
        boolean fromRsyslog = object.has("fromhost") || object.has("programname") || object.has("syslogtag");
        // rsyslog keeps the blank behind the tag
        return fromRsyslog ? SyslogText.asSent(text.startsWith(" ") ? text.substring(1) : text) : text;
    }

    private static Optional<WrittenTime> reception(JsonNode object) {
        Optional<WrittenTime> micros = micros(object, RECEPTION_MICROS);
        if (micros.isPresent()) {
            return micros;
        }
        for (String name : RECEPTION) {
            Optional<WrittenTime> time = JsonOwnLine.time(object.path(name));
            if (time.isPresent()) {
                return time;
            }
        }
        return Optional.empty();
    }

    private static Optional<WrittenTime> micros(JsonNode object, JsonFields fields) {
        return fields.text(object)
                .filter(text -> text.length() <= 18 && text.chars().allMatch(digit -> Cursor.isDigit((char) digit)))
                .flatMap(text -> TimeText.epoch(new BigDecimal(text).movePointLeft(6), 6));
    }

    private static boolean isBytes(JsonNode value) {
        return value.isArray() && value.size() > 0 && value.get(0).isInt();
    }

    private static byte[] bytes(JsonNode numbers) {
        byte[] bytes = new byte[numbers.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) numbers.get(i).asInt();
        }
        return bytes;
    }

    private static Optional<String> text(JsonNode value) {
        if (value.isTextual()) {
            return Optional.of(value.textValue());
        }
        if (!value.isArray()) {
            return Optional.empty();
        }
        if (isBytes(value)) {
            return Optional.of(new String(bytes(value), StandardCharsets.UTF_8));
        }
        for (JsonNode element : value) {
            Optional<String> first = text(element);
            if (first.isPresent()) {
                return first;
            }
        }
        return Optional.empty();
    }
}
