package io.failovertimeline.decode;

import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import java.util.function.Function;

/** What became of one input record. Nothing disappears without a name. */
public sealed interface Decoded {

    /** Answers with the function for this outcome. */
    <R> R match(Function<Line, R> ifLine, Function<Unreadable, R> ifUnreadable, Function<Nothing, R> ifNothing);

    /** A log line, or the part of one that the record holds. */
    record Line(LogLine line, String format, Part part) implements Decoded {

        /** A whole line. */
        public Line(LogLine line, String format) {
            this(line, format, Part.WHOLE);
        }

        /** Whether the message goes on in the next record of the same source and stream. */
        public boolean isPartial() {
            return part.goesOn();
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
        NOT_UTF_8,
        TOO_LONG,
        BROKEN_JSON,
        BROKEN_CSV,
        BAD_TIME,
        BROKEN_EXPORT,
        MISSING_FIELD,
        CONTENT_GONE
    }
}
