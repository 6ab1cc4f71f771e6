package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Severity;
import io.failovertimeline.model.Writer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A record as far as its lines are known. The one with the most lines is the fullest telling of it and takes the place of all others.
 *
 * @param stream where its continuations are looked for
 * @param line the record; its stamp and its origin are those of the first line, its message is that of all lines, joined by line
 *     feeds, up to {@value #LONGEST} characters
 * @param part which line of its origin the first line is, from 0; a file's lines have origins of their own
 * @param lines how many physical lines it takes up, blank ones among them not counted
 * @param margin blanks that the lines below the first are indented by; -1 as long as that is not known
 * @param trace how much of a Python traceback is still to come
 * @param row a CSV row whose last field has not ended, as it stands; empty for all other records
 */
public record Telling(Stream stream, LogLine line, int part, int lines, int margin, Trace trace, Optional<String> row) {

    /** Characters of a message; what comes after is counted and not kept. */
    static final int LONGEST = 8192;

    /** More lines than this no record has. */
    static final int MOST_LINES = 200;

    /** Characters of a row, and of a line put together of parts. */
    static final int LONGEST_ROW = 8 * LONGEST;

    private static final String TRACEBACK = "Traceback (most recent call last):";
    /** What initdb does, without the result that it writes behind that: journald cuts there if another process wrote meanwhile. */
    private static final Pattern INITDB_STEP =
            Pattern.compile("(?:selecting|creating|running|performing|syncing) .*\\.\\.\\.");

    private static final Pattern HISTORY_ROW = Pattern.compile("\\d+\\s+[0-9A-F]+/[0-9A-F]+\\s.*");

    /**
     * The lines of one process.
     *
     * @param source the file, or whatever else tells sources apart; empty where there is only one
     * @param host who wrote it
     * @param channel the process that the envelope names; its lines come in order
     * @param pid the process that the line itself names, else that of the envelope
     */
    public record Stream(String source, Optional<String> host, Writer channel, OptionalLong pid) {

        /** Source and host are mostly of one name, and names differ in a digit: as sums they meet in one place. */
        @Override
        public int hashCode() {
            return mixed(source, host, channel) + pid.hashCode();
        }

        Channel inChannel() {
            return new Channel(source, host, channel);
        }
    }

    /** What the lines of a process and of its children come through, as of {@link Stream}. */
    record Channel(String source, Optional<String> host, Writer process) {
        @Override
        public int hashCode() {
            return mixed(source, host, process);
        }
    }

    private static int mixed(String source, Optional<String> host, Writer process) {
        int mixed = (source.hashCode() * 0x9E3779B9 ^ host.hashCode()) * 0x85EBCA6B + process.hashCode();
        return mixed ^ mixed >>> 15;
    }

    /** How far a Python traceback has come. */
    public enum Trace {
        /** There is none. */
        NONE,
        /** Its frames, indented; the first line that is not names the exception. */
        FRAMES,
        /** The exception; another traceback may follow, announced by a sentence. */
        EXCEPTION
    }

    static Telling begin(Stream stream, Decoded.Line first, int part) {
        return new Telling(
                stream,
                first.line(),
                part,
                1,
                -1,
                traceAfter(Trace.NONE, first.line().message()),
                first.place().unfinished());
    }

    private static Trace traceAfter(Trace before, String text) {
        if (text.strip().equals(TRACEBACK)) {
            return Trace.FRAMES;
        }
        return before == Trace.FRAMES && !isIndented(text) ? Trace.EXCEPTION : before;
    }

    private static boolean isIndented(String text) {
        return text.startsWith(" ") || text.startsWith("\t");
    }

    /** Whether nothing below belongs to it: a heartbeat is all that Patroni has to say in a turn. */
    public boolean isWhole() {
        String message = line.message();
        return line.component() == Component.PATRONI
                && (message.startsWith("no action") || message.startsWith("PAUSE: no action"));
    }

    /**
     * Whether {@code text}, the next of its channel and without a beginning of its own, goes on with the record.
     *
     * @param below whether it stands without an envelope, directly below the record's lines
     */
    boolean takes(String text, boolean below) {
        if (lines >= MOST_LINES || isWhole()) {
            return false;
        }
        boolean ofDatabase = line.component() == Component.PATRONI || line.component() == Component.POSTGRESQL;
        if (isIndented(text)) {
            return below || ofDatabase;
        }
        return line.component() == Component.PATRONI && (isOfTraceback(text) || isOfOutput(text));
    }

    private boolean isOfTraceback(String text) {
        return switch (trace) {
            case FRAMES -> true;
            case NONE -> text.equals(TRACEBACK) && mayTellOfException();
            case EXCEPTION ->
                text.equals(TRACEBACK)
                        || text.startsWith("During handling of the above exception, ")
                        || text.startsWith("The above exception was the direct cause of ");
        };
    }

    /** An exception that nobody caught is written under whatever was logged before it, and does not belong to that. */
    private boolean mayTellOfException() {
        return line.severity()
                        .filter(level -> level.compareTo(Severity.WARNING) > 0)
                        .isEmpty()
                || line.message().startsWith("Exception happened during ");
    }

    private boolean isOfOutput(String text) {
        String message = line.message().stripLeading();
        if (message.startsWith("primary: history=") || message.startsWith("master: history=")) {
            return HISTORY_ROW.matcher(text).matches();
        }
        if (lines == 1 && INITDB_STEP.matcher(message).matches()) {
            return text.indexOf(' ') < 0;
        }
        return (message.startsWith("stdout=") || message.startsWith("stderr=")) && text.startsWith("pg_");
    }

    /**
     * With one more line. PostgreSQL puts a tab before each line of a text but the first.
     *
     * @param below whether it stands without an envelope, which may be indented by as much as the one above is wide
     */
    Telling with(String text, boolean below) {
        boolean hasMargin = below && !stream.channel().equals(Writer.UNKNOWN);
        int indent = margin < 0 && hasMargin ? blanksBefore(text, text.length()) : margin;
        String bare = text.startsWith("\t")
                ? text.substring(1)
                : text.substring(below ? blanksBefore(text, Math.max(0, indent)) : 0);
        return new Telling(
                stream,
                saying(line.message() + "\n" + bare.stripTrailing()),
                part,
                lines + 1,
                indent,
                traceAfter(trace, bare),
                row);
    }

    private static int blanksBefore(String text, int most) {
        int blanks = 0;
        while (blanks < Math.min(most, text.length()) && text.charAt(blanks) == ' ') {
            blanks++;
        }
        return blanks;
    }

    /** With one more line of its CSV row. */
    Telling withRow(String text) {
        String longer = row.orElse("") + "\n" + text;
        boolean isOver = !PostgresCsv.isUnfinished(longer) || longer.length() > LONGEST_ROW || lines + 1 >= MOST_LINES;
        return new Telling(
                stream,
                PostgresCsv.message(longer).map(this::saying).orElse(line),
                part,
                lines + 1,
                margin,
                trace,
                isOver ? Optional.empty() : Optional.of(longer));
    }

    Telling withoutRow() {
        return new Telling(stream, line, part, lines, margin, trace, Optional.empty());
    }

    private LogLine saying(String message) {
        return new LogLine(
                line.stamp(),
                line.host(),
                line.writer(),
                line.subjectUnit(),
                line.component(),
                line.severity(),
                cut(message, Math.max(LONGEST, line.message().length())),
                line.origin());
    }

    static String cut(String message, int most) {
        if (message.length() <= most) {
            return message;
        }
        boolean splitsPair = Character.isHighSurrogate(message.charAt(most - 1));
        return message.substring(0, splitsPair ? most - 1 : most);
    }
}
