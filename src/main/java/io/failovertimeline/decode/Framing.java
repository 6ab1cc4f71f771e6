package io.failovertimeline.decode;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** How the bytes of an input, or of a Kafka record's value, are divided into records. */
public enum Framing {
    /** A record a line. */
    LINES,
    /** {@code journalctl -o export}: a field a line or as counted bytes, an empty line behind each entry. */
    JOURNAL_EXPORT,
    /** {@code journalctl -o verbose}: a line with the time, then indented fields. */
    JOURNAL_VERBOSE,
    /** {@code journalctl -o json-pretty}: an object between a line that is <code>{</code> and one that begins with <code>}</code>. */
    PRETTY_JSON,
    /** JMeter's results as XML: the root's begin, then an element of a sample each. */
    XML_SAMPLES,
    /** Syslog over TCP: each record's length in bytes and a blank in front of it. */
    OCTET_COUNTED,
    /** Objects of one or several lines each, as shippers put them into a Kafka record. */
    JSON_OBJECTS;

    /** Finds the ends of records in bytes that come piece by piece. Keeps only where in a record it is. */
    public interface Ends {
        /**
         * Reads on from {@code from}, inclusive, to {@code to}, exclusive. All bytes are to be given in order; those behind an end
         * that was found are to be given again.
         *
         * @return where the next record begins; -1 if this one goes on behind {@code to}, or may
         */
        int next(byte[] bytes, int from, int to);
    }

    private static final Pattern VERBOSE = Pattern.compile(
            "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})? \\S{1,8} \\[s=.*");
    /** What load generators write as one object at the end of a run. */
    private static final Pattern LOAD_DOCUMENT = Pattern.compile(
            "\\A\\s*\\{\\s*\"(?:aggregate|intermediate|summary|root_group|metrics|latencies|transactions|url)\"\\s*:");

    private static final Pattern COUNTED = Pattern.compile("\\d{1,7} <\\d{1,3}>.*");

    /** Begins anew, at a first byte. */
    public Ends ends() {
        return switch (this) {
            case LINES -> new LineEnds();
            case JOURNAL_EXPORT -> new ExportEnds();
            case JOURNAL_VERBOSE -> new VerboseEnds();
            case PRETTY_JSON -> new PrettyJsonEnds();
            case XML_SAMPLES -> new XmlSampleEnds();
            case OCTET_COUNTED -> new CountedEnds();
            case JSON_OBJECTS -> new JsonObjectEnds();
        };
    }

    /** Where in {@code bytes} the first LF from {@code from} on stands; {@code to} if there is none before it. */
    public static int lineFeed(byte[] bytes, int from, int to) {
        return LineEnds.feed(bytes, from, to);
    }

    /** How an input is divided that begins with {@code head}. */
    public static Framing of(byte[] head) {
        String text = new String(head, StandardCharsets.UTF_8);
        return text.lines()
                .filter(line -> !KnownNoise.isLine(line))
                .findFirst()
                .flatMap(first -> byFirst(first.strip(), text))
                .orElse(LINES);
    }

    /** How the value of a Kafka record is divided. */
    public static Framing ofRecord(byte[] value) {
        if (beginsWithYear(value)) {
            return LINES;
        }
        return value.length > 0 && value[0] == '{' ? JSON_OBJECTS : of(value);
    }

    /** {@code 2026-}, as most lines do, and none of the forms that are divided otherwise. */
    private static boolean beginsWithYear(byte[] value) {
        for (int at = 0; at < 4; at++) {
            if (at >= value.length || value[at] < '0' || value[at] > '9') {
                return false;
            }
        }
        return value.length > 4 && value[4] == '-';
    }

    private static Optional<Framing> byFirst(String line, String text) {
        int equals = line.indexOf('=');
        boolean isField =
                equals > 0 ? JournalExport.isName(line, 0, equals) : JournalExport.isName(line, 0, line.length());
        if (isField && ("\n" + text).contains("\n__REALTIME_TIMESTAMP=")) {
            return Optional.of(JOURNAL_EXPORT);
        }
        if (line.equals("{") && JsonEnvelope.hasMark(text)) {
            return Optional.of(PRETTY_JSON);
        }
        if (line.startsWith("{") && LOAD_DOCUMENT.matcher(text).find()) {
            return Optional.of(JSON_OBJECTS);
        }
        if (line.startsWith("<") && text.contains("<testResults")) {
            return Optional.of(XML_SAMPLES);
        }
        if (VERBOSE.matcher(line).matches()) {
            return Optional.of(JOURNAL_VERBOSE);
        }
        return COUNTED.matcher(line).matches() ? Optional.of(OCTET_COUNTED) : Optional.empty();
    }
}
