package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells what program a message in an envelope is of, as {@link OwnLines#enveloped} does, and takes the program's own time off it
 * where that is Patroni's or PostgreSQL's. Whatever else may begin with a time, be JSON or be coloured is left to the decoder.
 */
final class SkimWords {

    private static final byte[][] LEVELS = {
        ascii("INFO"), ascii("WARNING"), ascii("ERROR"), ascii("CRITICAL"), ascii("DEBUG")
    };
    private static final byte[] PATRONIS_LOGGER = ascii("patroni.");
    private static final byte[] RAFT = ascii("raft2");
    /** What syslog daemons write for a message that came again. */
    private static final byte[] REPEATED = ascii("message repeated ");
    /** The end of what journalctl writes for bytes that are no text. */
    private static final byte[] BLOB = ascii(" blob data]");

    /** So long the head of a line of Patroni's may be: see {@link PatroniText}. */
    private static final int LONGEST_HEAD = 120;

    /** By the first byte of a message: whether any of what is looked for in others can begin so. */
    private static final boolean[] MAY_BE_SPECIAL = new boolean[1 << Byte.SIZE];

    static {
        Arrays.fill(MAY_BE_SPECIAL, 0, ' ' + 1, true);
        Arrays.fill(MAY_BE_SPECIAL, 0x80, MAY_BE_SPECIAL.length, true);
        // JSON, escapes and colours; times; what came again; weekdays; levels; loggers and what may stand before them
        for (byte first : ascii("{\\#" + "[0123456789r" + "m" + "MTWFS" + "IWECD" + "p(-|")) {
            MAY_BE_SPECIAL[first] = true;
        }
    }

    private static final int LONGEST_ZONE = 5;
    private static final int LONGEST_SEVERITY = 16;
    private static final int SEVERITIES = 64;
    /** Behind a prefix that is longer a severity is none: see {@link PostgresText}. */
    private static final int LONGEST_PREFIX = 300;

    /** What a word before a colon is to PostgreSQL. */
    private enum Word {
        /** A severity. */
        SEVERITY,
        /** The heading of a line that belongs to one, or either in another language, or maybe. */
        OTHERWISE_KNOWN,
        OTHER
    }

    private final ByteTime ownTime = new ByteTime();
    private final ByteMap<Word> severities = new ByteMap<>(SEVERITIES);
    private boolean hasOwnTime;
    private Optional<Integer> ownZone = Optional.empty();

    /** Whether the last message had a time of its own. */
    boolean hasOwnTime() {
        return hasOwnTime;
    }

    /** That time; it has a year. */
    ByteTime ownTime() {
        return ownTime;
    }

    /** The usual offset of the zone that stood behind it, in seconds; empty if none stood there. */
    Optional<Integer> ownZone() {
        return ownZone;
    }

    /** Looks at the message from {@code from} to {@code to}; tells whether it could be told what it is. */
    boolean read(byte[] bytes, int from, int to, Skim skim) {
        hasOwnTime = false;
        ownZone = Optional.empty();
        if (from < to && isSurelyUnrelated(bytes[from], bytes[to - 1], skim)) {
            skim.words(Skim.Own.NONE, true, from, to);
            return true;
        }
        boolean isForTheDecoder = from == to
                || bytes[from] <= ' '
                || "{\\#".indexOf(bytes[from]) >= 0
                || startsWith(REPEATED, bytes, from, to)
                || endsWith(BLOB, bytes, from, to)
                || isWeekday(bytes, from, to)
                || (bytes[from] == '[' && isTimed(bytes, from + 1, to));
        if (isForTheDecoder) {
            return false;
        }
        if (isDigit(bytes[from]) && isTimed(bytes, from, to)) {
            return !hasControl(bytes, from, to) && timed(bytes, from, to, skim);
        }
        if (skim.sender() == Component.OTHER) {
            skim.words(Skim.Own.NONE, true, from, to);
            return !isPatronis(bytes, from, to) && !startsWith(RAFT, bytes, from, to);
        }
        skim.words(Skim.Own.NONE, false, from, to);
        return !hasControl(bytes, from, to) && (!skim.mayGoOn() || isHeaded(bytes, from, to, skim));
    }

    private static boolean isSurelyUnrelated(byte first, byte last, Skim skim) {
        return skim.sender() == Component.OTHER && !MAY_BE_SPECIAL[first & 0xff] && last != ']';
    }

    /** Whether a line of Patroni or PostgreSQL begins with what these put before each, and so is no rest of one before. */
    private boolean isHeaded(byte[] bytes, int from, int to, Skim skim) {
        if (mayBePart(bytes, from, to)) {
            return false;
        }
        int severity = severity(bytes, from, to);
        if (severity == from || (severity > from && skim.sender() == Component.POSTGRESQL)) {
            skim.words(Skim.Own.POSTGRESQL, false, severity, to);
            return true;
        }
        return skim.sender() == Component.PATRONI && hasLogger(bytes, from, to);
    }

    /** Whether blanks or a tab, escaped or not, stand behind brackets, as in a further {@link PostgresText#part}. */
    private static boolean mayBePart(byte[] bytes, int from, int to) {
        int close = bytes[from] == '[' ? Words.find(']', bytes, from, to) : to;
        return close + 2 < to && (bytes[close + 2] <= ' ' || bytes[close + 2] == '\\');
    }

    /** {@code INFO:patroni.ha:text}, as {@link PatroniText#withLogger} has it. */
    private static boolean hasLogger(byte[] bytes, int from, int to) {
        int level = level(bytes, from, to);
        if (level < 0 || level + 1 >= to || bytes[level] != ':' || bytes[level + 1] == ' ') {
            return false;
        }
        int end = level + 1;
        while (end < to && bytes[end] != ':' && bytes[end] != ' ') {
            end++;
        }
        return end > level + 1 && end < to && bytes[end] == ':';
    }

    /** Whether a control character may stand here as rsyslog writes it, {@code #012}. */
    private static boolean hasControl(byte[] bytes, int from, int to) {
        int at = Words.find('#', bytes, from, to);
        while (at < to - 1 && bytes[at + 1] != '0') {
            at = Words.find('#', bytes, at + 1, to);
        }
        return at < to - 1;
    }

    /** Whether what begins here has the outline of a time: {@code 2023-12-10…} or {@code 1702214394.…}. */
    private static boolean isTimed(byte[] bytes, int from, int to) {
        if (to - from <= 10 || bytes[from + 4] == '-') {
            return to - from > 10 && bytes[from + 7] == '-';
        }
        for (int at = from; at < from + 10; at++) {
            if (!isDigit(bytes[at])) {
                return false;
            }
        }
        return bytes[from + 10] == '.';
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }

    /** Looks at a line that begins with Patroni's own time; tells whether it does. */
    boolean readPatronis(byte[] bytes, int from, int to, Skim skim) {
        int behind = ownTime.dated(bytes, from, to);
        if (behind == ByteTime.NONE
                || behind >= to
                || bytes[from + 10] != ' '
                || bytes[from + 19] != ','
                || ownTime.isAbsolute()
                || !isPatroni(bytes, behind, to)
                || hasControl(bytes, from, to)
                || endsWith(BLOB, bytes, from, to)) {
            return false;
        }
        skim.words(Skim.Own.PATRONI, false, behind, to);
        return true;
    }

    private boolean timed(byte[] bytes, int from, int to, Skim skim) {
        int behind = ownTime.dated(bytes, from, to);
        if (behind == ByteTime.NONE) {
            return false;
        }
        hasOwnTime = true;
        if (isPatroni(bytes, behind, to)) {
            skim.words(Skim.Own.PATRONI, false, behind, to);
            return skim.mayGoOn();
        }
        int severity = ownTime.isAbsolute() ? ByteTime.NONE : behindPrefix(bytes, behind, to);
        if (severity >= 0) {
            skim.words(Skim.Own.POSTGRESQL, false, severity, to);
            skim.ofProcess(process(bytes, behind, severity));
            return skim.mayGoOn();
        }
        hasOwnTime = false;
        skim.words(Skim.Own.NONE, true, from, to);
        return skim.sender() == Component.OTHER && !mayBeKnown(bytes, behind, to);
    }

    /** {@code  INFO: text}, as {@link PatroniText#behind} has it. */
    private boolean isPatroni(byte[] bytes, int at, int to) {
        int level = at < to && bytes[at] == ' ' ? level(bytes, at + 1, to) : ByteTime.NONE;
        return level >= 0
                && level + 1 < to
                && bytes[level] == ':'
                && bytes[level + 1] == ' '
                && (ownTime.fractionDigits() == 3 || level + 2 == to || bytes[level + 2] != ' ');
    }

    /** The place behind the level that stands here; negative if none does. */
    private static int level(byte[] bytes, int at, int to) {
        for (byte[] level : LEVELS) {
            if (startsWith(level, bytes, at, to)) {
                return at + level.length;
            }
        }
        return ByteTime.NONE;
    }

    /**
     * Takes {@code  MSK}, as {@link OwnLines} does before it looks for a severity; answers with the place behind it, which is the same
     * if there is no zone, and negative if it may be one.
     */
    private int zone(byte[] bytes, int from, int to) {
        if (from == to || bytes[from] != ' ') {
            return from;
        }
        int end = from + 1;
        while (end < to && bytes[end] >= 'A' && bytes[end] <= 'Z') {
            end++;
        }
        int length = end - from - 1;
        if (length == 0 || length > LONGEST_ZONE) {
            return from;
        }
        if (end == to || bytes[end] != ' ') {
            return end < to && bytes[end] == ':' && word(bytes, from + 1, end) != Word.OTHER ? from : ByteTime.NONE;
        }
        String word = new String(bytes, from + 1, end - from - 1, StandardCharsets.US_ASCII);
        if (word.equals("UTC") || word.equals("GMT")) {
            ownTime.at(0);
        } else {
            ZoneText.offset(word).ifPresent(offset -> ownTime.at(offset.getTotalSeconds()));
            ownZone = ZoneText.usualOffset(word).map(java.time.ZoneOffset::getTotalSeconds);
        }
        return end;
    }

    /**
     * Where the severity begins behind {@code  MSK [1234] user@database }; negative if there is none, or something that pgbouncer or a
     * csvlog may have as well.
     */
    private int behindPrefix(byte[] bytes, int behindTime, int to) {
        int at = zone(bytes, behindTime, to);
        if (at < 0 || at == to || bytes[at] != ' ' || isCapnslog(bytes, behindTime, to)) {
            return ByteTime.NONE;
        }
        int severity = severity(bytes, at, to);
        at = behindBlanks(bytes, at, to);
        if (at == to || isDigit(bytes[at]) || "+-,".indexOf(bytes[at]) >= 0) {
            return ByteTime.NONE;
        }
        if (bytes[at] == '[') {
            at = at + 1;
            while (at < to && bytes[at] != ' ') {
                at++;
            }
            at = behindBlanks(bytes, at, to);
            boolean isLevel = at < to && at != severity && isSeverityLetter(bytes[at]);
            return isLevel ? ByteTime.NONE : severity;
        }
        return severity;
    }

    /** A number for the process whose id stands in the first brackets. */
    private static long process(byte[] bytes, int from, int to) {
        int begin = from;
        while (begin < to && bytes[begin] != '[') {
            begin++;
        }
        int end = begin + 1;
        while (end < to && isDigit(bytes[end])) {
            end++;
        }
        return begin < to ? ByteMap.hash(bytes, begin + 1, end) : 0;
    }

    private static int behindBlanks(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] == ' ') {
            at++;
        }
        return at;
    }

    private static boolean isCapnslog(byte[] bytes, int at, int to) {
        return at + 3 < to && bytes[at + 2] == ' ' && bytes[at + 3] == '|';
    }

    /**
     * Where the first severity begins that has a colon and a blank behind it, as {@link PostgresText} looks for it; negative if there is
     * none, if it is not English, or if not exactly two blanks and a text follow.
     */
    private int severity(byte[] bytes, int from, int to) {
        int last = Math.min(to, from + LONGEST_PREFIX) - 3;
        for (int colon = from; colon < last; colon++) {
            if (bytes[colon] == ':' && bytes[colon + 1] == ' ') {
                boolean isFrench = colon > from && bytes[colon - 1] == ' ';
                int end = isFrench ? colon - 1 : colon;
                int start = end;
                while (start > from && isWordLetter(bytes[start - 1])) {
                    start--;
                }
                Word word = start > from && bytes[start - 1] < 0 ? Word.OTHERWISE_KNOWN : word(bytes, start, end);
                if (word != Word.OTHER) {
                    boolean isHeading =
                            word == Word.SEVERITY && !isFrench && bytes[colon + 2] == ' ' && bytes[colon + 3] > ' ';
                    return isHeading ? start : ByteTime.NONE;
                }
            }
        }
        return ByteTime.NONE;
    }

    private Word word(byte[] bytes, int from, int to) {
        if (to - from > LONGEST_SEVERITY) {
            return Word.OTHER;
        }
        @Nullable Word known = severities.get(bytes, from, to);
        if (known == null) {
            String word = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            boolean isSeverity =
                    PostgresWords.isEnglish(word) && PostgresText.severity(word).isPresent();
            known = isSeverity ? Word.SEVERITY : PostgresText.isSeverity(word) ? Word.OTHERWISE_KNOWN : Word.OTHER;
            severities.put(bytes, from, to, known);
        }
        return known;
    }

    private static boolean isWordLetter(byte value) {
        return isSeverityLetter(value) || (value >= 'a' && value <= 'z');
    }

    private static boolean isSeverityLetter(byte value) {
        return (value >= 'A' && value <= 'Z') || isDigit(value);
    }

    /** Whether a message with a time in front may be one that {@link OwnLines#timed} knows; true if in doubt. */
    private static boolean mayBeKnown(byte[] bytes, int behindTime, int to) {
        int next = behindBlanks(bytes, behindTime, to);
        while (next < to && bytes[next] >= 'A' && bytes[next] <= 'Z') {
            next++;
        }
        next = behindBlanks(bytes, next, to);
        if (next == to) {
            return true;
        }
        boolean isOffset = bytes[next] == '+' || (bytes[next] == '-' && next + 1 < to && isDigit(bytes[next + 1]));
        return isOffset
                || bytes[next] == ','
                || bytes[next] == '['
                || hasLevel(bytes, behindTime, to)
                || isDigit(bytes[next])
                || isCapnslog(bytes, behindTime, to)
                || hasHeading(bytes, behindTime, to);
    }

    /** Whether a level of Patroni's stands there or soon after, as {@code log.format} may put it. */
    private static boolean hasLevel(byte[] bytes, int from, int to) {
        int last = Math.min(to, from + LONGEST_HEAD);
        for (int at = from; at < last; at++) {
            if (level(bytes, at, to) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether something in capitals, or not in ASCII, with a colon and a blank or nothing behind it stands there. */
    private static boolean hasHeading(byte[] bytes, int from, int to) {
        for (int at = from + 1; at < to; at++) {
            if (bytes[at] == ':' && (at + 1 == to || bytes[at + 1] == ' ')) {
                byte last = bytes[at - 1] == ' ' && at - 2 >= from ? bytes[at - 2] : bytes[at - 1]; // ERREUR :
                if (last < 0 || isSeverityLetter(last)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** {@code INFO:patroni.ha:text} or, to be sure, anything that begins likewise. */
    private static boolean isPatronis(byte[] bytes, int from, int to) {
        int last = Math.min(to, from + LONGEST_HEAD);
        int at = Words.find('p', bytes, from, last);
        while (at < last && !startsWith(PATRONIS_LOGGER, bytes, at, to)) {
            at = Words.find('p', bytes, at + 1, last);
        }
        return at < last && hasLevel(bytes, from, to);
    }

    static boolean isWeekday(byte[] bytes, int from, int to) {
        if (to - from < 4 || bytes[from + 3] != ' ') {
            return false;
        }
        return switch ((bytes[from] << 16) | (bytes[from + 1] << 8) | bytes[from + 2]) {
            case ('M' << 16) | ('o' << 8) | 'n',
                    ('T' << 16) | ('u' << 8) | 'e',
                    ('W' << 16) | ('e' << 8) | 'd',
                    ('T' << 16) | ('h' << 8) | 'u',
                    ('F' << 16) | ('r' << 8) | 'i',
                    ('S' << 16) | ('a' << 8) | 't',
                    ('S' << 16) | ('u' << 8) | 'n' -> true;
            default -> false;
        };
    }

    private static boolean endsWith(byte[] wanted, byte[] bytes, int from, int to) {
        return to - from >= wanted.length && startsWith(wanted, bytes, to - wanted.length, to);
    }

    private static boolean startsWith(byte[] wanted, byte[] bytes, int at, int to) {
        if (to - at < wanted.length) {
            return false;
        }
        for (int n = 0; n < wanted.length; n++) {
            if (bytes[at + n] != wanted[n]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
