package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds in bytes what {@link JsonEnvelope} finds in an object: time, host, program and message of one journald or shipper wrote, in
 * any order of its fields. It reads all of the object, so that a broken one is found; whatever else is unusual is left to the decoder.
 */
final class SkimJson {

    private static final List<String> MESSAGES = List.of("MESSAGE", "message");
    private static final List<String> HOSTS = List.of("_HOSTNAME", "HOSTNAME", "host", "hostname", "HOST");
    private static final List<String> PROGRAMS = List.of("SYSLOG_IDENTIFIER", "appname", "_COMM");
    private static final List<String> UNITS = List.of("_SYSTEMD_UNIT", "SYSTEMD_UNIT");
    private static final List<String> SOURCE_MICROS =
            List.of("_SOURCE_REALTIME_TIMESTAMP", "SOURCE_REALTIME_TIMESTAMP");
    private static final List<String> MICROS = List.of("__REALTIME_TIMESTAMP", "_REALTIME_TIMESTAMP");
    private static final List<String> TIMES = List.of("@timestamp", "timestamp", "timegenerated", "time", "ISODATE");

    /** What systemd and the kernel speak of; lines of covered programs that name it are left to the decoder. */
    private static final List<String> SUBJECTS = List.of("UNIT");

    /** With one of these the object may be something else, or have its fields in another. */
    private static final List<String> FOR_THE_DECODER = List.of(
            "msg",
            "error_severity",
            "levelname",
            "asctime",
            "level",
            "short_message",
            "full_message",
            "event",
            "stream",
            "log",
            "logtag",
            "_p",
            "partial_message",
            "CONTAINER_PARTIAL_MESSAGE",
            "_LINE_BREAK",
            "CONTAINER_NAME",
            "container",
            "container_name",
            "_container_name",
            "container.name",
            "PROGRAM",
            "program",
            "programname",
            "syslogtag",
            "fromhost",
            "_hostname",
            "_comm",
            "syslog_identifier",
            "_systemd_unit",
            "systemd_unit",
            "unit",
            "timereported",
            "R_ISODATE",
            "DATE",
            "date",
            "_source_realtime_timestamp",
            "source_realtime_timestamp",
            "__realtime_timestamp",
            "_realtime_timestamp",
            "kubernetes",
            "kubernetes.pod_name",
            "kubernetes.pod.name",
            "kubernetes.container_name",
            "kubernetes.container.name",
            "host.hostname",
            "host.name",
            "syslog",
            "syslog.identifier",
            "log.syslog.appname",
            "systemd",
            "systemd.unit",
            "journald",
            "journald.unit");

    /** The fields read, in the order of the lists above; the first of a list that is there counts. */
    private static final List<List<String>> ROLES =
            List.of(MESSAGES, HOSTS, PROGRAMS, UNITS, SOURCE_MICROS, MICROS, TIMES, SUBJECTS, List.of("_PID"));

    private static final int MESSAGE = 0;
    private static final int HOST = 1;
    private static final int PROGRAM = 2;
    private static final int UNIT = 3;
    private static final int SOURCE_TIME = 4;
    private static final int MICROS_TIME = 5;
    private static final int TIME = 6;
    private static final int SUBJECT = 7;
    private static final int PID = 8;

    /** The most fields of a role; they are numbered from the role's number times this on. */
    private static final int ROOM = 8;

    private static final int STRANGE = ROLES.size() * ROOM;
    private static final ByteMap<Integer> FIELDS = fields();
    private static final int LONGEST_NAME = 256;

    private final Senders senders;
    private final KnownHosts hosts;
    private final ByteTime time;

    /** Where the values of fields begin and end; a beginning of 0 means that the field is not there. */
    private final int[] starts = new int[STRANGE];

    private final int[] ends = new int[STRANGE];
    private final boolean[] escaped = new boolean[STRANGE];

    private final JsonScanner json = new JsonScanner();
    private byte[] bytes = new byte[0];

    /**
     * Reads the lines of one input.
     *
     * @param time is set to the envelope's time
     */
    SkimJson(Senders senders, KnownHosts hosts, ByteTime time) {
        this.senders = senders;
        this.hosts = hosts;
        this.time = time;
    }

    /** By name: the number of a field that is read, or {@link #STRANGE}. */
    private static ByteMap<Integer> fields() {
        ByteMap<Integer> fields = new ByteMap<>(128);
        for (int role = 0; role < ROLES.size(); role++) {
            for (int n = 0; n < ROLES.get(role).size(); n++) {
                put(fields, ROLES.get(role).get(n), role * ROOM + n);
            }
        }
        FOR_THE_DECODER.forEach(name -> put(fields, name, STRANGE));
        return fields;
    }

    private static void put(ByteMap<Integer> fields, String name, int field) {
        byte[] key = name.getBytes(StandardCharsets.US_ASCII);
        fields.put(key, 0, key.length, field);
    }

    /** Where the message of the last line begins, as it stands in the object. */
    int messageFrom() {
        return starts[message()];
    }

    /** Where it ends, exclusive. */
    int messageTo() {
        return ends[message()];
    }

    /** Reads the object from {@code from} to {@code end}, of which no byte is a control character; tells whether it could. */
    boolean read(byte[] line, int from, int end, Skim skim) {
        bytes = line;
        json.begin(line, from, end);
        Arrays.fill(starts, 0);
        return object() && envelope(skim);
    }

    private boolean envelope(Skim skim) {
        int message = message();
        boolean fromJournal = message == MESSAGE * ROOM;
        int host = first(HOST);
        boolean isRecord = fromJournal || host >= 0 || has("@timestamp") || has("timestamp") || has("time");
        if (message < 0 || !isRecord || !time()) {
            return false;
        }
        skim.writtenBy(host < 0 ? hosts.unnamed() : hosts.named(bytes, starts[host], ends[host]));
        Optional<Component> sender = sender();
        skim.envelope(
                fromJournal ? "journald-json" : "shipper-json",
                escaped[message],
                sender.orElse(Component.OTHER),
                ((31 * hash(host) + hash(first(PROGRAM))) * 31 + hash(first(UNIT))) * 31 + hash(first(PID)));
        return sender.filter(known -> isWhole(known)).isPresent();
    }

    /** Whether nothing that matters for a line of {@code sender} may stand in fields that are not read. */
    private boolean isWhole(Component sender) {
        boolean isOfProcess = !Skim.isOfDatabase(sender) || first(PID) >= 0;
        return sender == Component.OTHER || (first(SUBJECT) < 0 && isOfProcess);
    }

    private long hash(int field) {
        return field < 0 ? 0 : ByteMap.hash(bytes, starts[field], ends[field]);
    }

    private boolean has(String name) {
        return starts[TIME * ROOM + TIMES.indexOf(name)] > 0;
    }

    /** Empty if no name stands there, or one whose lines have to be looked at. */
    private Optional<Component> sender() {
        int program = first(PROGRAM);
        int unit = first(UNIT);
        if (program < 0 && unit < 0) {
            return Optional.empty();
        }
        Optional<Component> byProgram =
                program < 0 ? Optional.of(Component.OTHER) : senders.named(bytes, starts[program], ends[program]);
        return unit >= 0 && byProgram.isPresent() && byProgram.get() == Component.OTHER
                ? senders.named(bytes, starts[unit], ends[unit])
                : byProgram;
    }

    private boolean time() {
        int micros = first(SOURCE_TIME);
        micros = micros >= 0 ? micros : first(MICROS_TIME);
        if (micros >= 0) {
            return time.micros(bytes, starts[micros], ends[micros]);
        }
        int written = first(TIME);
        return written >= 0 && time.dated(bytes, starts[written], ends[written]) >= 0;
    }

    private int message() {
        return first(MESSAGE);
    }

    /** The number of the first field for {@code role} that is there; negative if none is. */
    private int first(int role) {
        for (int field = role * ROOM; field < (role + 1) * ROOM; field++) {
            if (starts[field] > 0) {
                return field;
            }
        }
        return ByteTime.NONE;
    }

    private boolean object() {
        if (!json.take('{')) {
            return false;
        }
        do {
            if (!field()) {
                return false;
            }
        } while (json.take(','));
        return json.take('}') && json.isAtEnd();
    }

    private boolean field() {
        int nameFrom = json.string();
        int nameTo = json.behindString();
        if (nameFrom < 0 || json.isEscaped() || nameTo - nameFrom > LONGEST_NAME || !json.take(':')) {
            return false;
        }
        @Nullable Integer field = FIELDS.get(bytes, nameFrom, nameTo);
        if (field == null) {
            return json.value();
        }
        return field != STRANGE && known(field);
    }

    /** Takes the value of a field that matters; it must be a text with something in it. */
    private boolean known(int field) {
        int from = json.string();
        if (from < 0 || json.isOddlyEscaped()) {
            return false;
        }
        boolean isMessage = field / ROOM == MESSAGE;
        boolean isGood = isMessage ? starts[field] == 0 : !json.isEscaped() && json.behindString() > from;
        escaped[field] = json.isEscaped();
        starts[field] = from;
        ends[field] = json.behindString();
        return isGood;
    }
}
