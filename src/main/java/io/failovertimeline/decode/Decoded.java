package io.failovertimeline.decode;

import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Writer;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;

/** What became of one input record. Nothing disappears without a name. */
public sealed interface Decoded {

    /** Answers with the function for this outcome. */
    <R> R match(Function<Line, R> ifLine, Function<Unreadable, R> ifUnreadable, Function<Nothing, R> ifNothing);

    /**
     * A log line, or the part of one that the record holds.
     *
     * @param envelope what stood around it, and tells which part it is; empty if nothing did
     * @param place what it is of the record it belongs to
     * @param silentBeside the members on the same host that had fallen silent by then, where it is another member's Patroni that wrote
     */
    record Line(LogLine line, String format, Optional<Envelope> envelope, Place place, SortedSet<String> silentBeside)
            implements Decoded {

        /** A whole line that is a record by itself, whose writer is the one that its envelope names. */
        public Line(LogLine line, String format) {
            this(
                    line,
                    format,
                    Optional.empty(),
                    new Place(Form.RECORD, line.writer(), Optional.empty()),
                    Collections.emptySortedSet());
        }

        /** Whether the message goes on in the next record of the same source and stream. */
        public boolean isPartial() {
            return envelope.filter(its -> its.part().goesOn()).isPresent();
        }

        @Override
        public <R> R match(
                Function<Line, R> ifLine, Function<Unreadable, R> ifUnreadable, Function<Nothing, R> ifNothing) {
            return ifLine.apply(this);
        }
    }

    /** A record that claims a format and breaks it. {@code excerpt} is at most 200 characters of it. */
    record Unreadable(String excerpt, Reason reason, Origin origin) implements Decoded {
        @Override
        public <R> R match(
                Function<Line, R> ifLine, Function<Unreadable, R> ifUnreadable, Function<Nothing, R> ifNothing) {
            return ifUnreadable.apply(this);
        }
    }

    /**
     * What a line is of the record it belongs to.
     *
     * @param form by what it begins with
     * @param channel the process that the envelope names, which may be another than the one that the line names itself
     * @param unfinished the line as it stands, if it is a CSV row whose last field has not ended
     */
    record Place(Form form, Writer channel, Optional<String> unfinished) {}

    /** What a line begins with. */
    enum Form {
        /** What its program puts before each record, or words of a program that puts nothing there. */
        RECORD,
        /** A heading such as PostgreSQL's {@code DETAIL:}, which belongs to the record before of the same process. */
        SECTION,
        /** Nothing: in its envelope are bare words, which may be the rest of a record. */
        TEXT
    }

    /**
     * A line that is no log record: prose, a rule of a table, the continuation of another; or, of no use to anyone, a blank one,
     * a mark that journald or syslog set between records, a record without a message.
     *
     * @param isNoise whether it is known to tell nothing
     */
    record Nothing(boolean isNoise) implements Decoded {
        @Override
        public <R> R match(
                Function<Line, R> ifLine, Function<Unreadable, R> ifUnreadable, Function<Nothing, R> ifNothing) {
            return ifNothing.apply(this);
        }
    }

    /** Why a record can't be read. */
    enum Reason {
        NOT_UTF_8("is not valid UTF-8", "convert the file, for instance with iconv"),
        TOO_LONG("is longer than 1 MiB and was skipped", "if it holds log lines, split it at their ends"),
        BROKEN_JSON("is broken JSON", "look whether the line was cut when it was copied"),
        BROKEN_CSV("is broken CSV", "look whether the line was cut when it was copied"),
        BROKEN_XML("is broken XML", "look whether the file was cut when it was copied"),
        BROKEN_RESULT("is no line of its format", "look whether it was cut when it was copied"),
        TOTALS_ONLY(
                "tells totals of a whole run and no time of a request, so it can't say when requests failed",
                "give results of single requests; docs/inputs.md says how each tool writes them"),
        NO_START(
                "has only offsets from the begin of its run",
                "say when that was: --load-start 'FILE=2023-12-10T13:19:54.575Z'"),
        BROKEN_EXPORT("is a broken entry of a journal export", "look whether it was cut when it was copied"),
        BAD_TIME("has a time that can't be placed", "give lines with a full date beside it"),
        MISSING_FIELD("lacks a field that its format needs", "look whether all of its columns or fields were exported"),
        SHARED_HOST(
                "is of a host on which several Patronis run at once, and nothing tells of which",
                "give the logs of each cluster by themselves, such as journalctl -u of its unit"),
        CONTENT_GONE(
                "has no message left: journalctl leaves out what is longer than 4096 bytes",
                "export it again with journalctl --all");

        private final String words;
        private final String advice;

        Reason(String words, String advice) {
            this.words = words;
            this.advice = advice;
        }

        /** What is wrong, to stand behind the place of a line. */
        public String words() {
            return words;
        }

        /** What to do about it. */
        public String advice() {
            return advice;
        }
    }
}
