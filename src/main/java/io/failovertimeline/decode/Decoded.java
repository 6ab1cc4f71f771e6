package io.failovertimeline.decode;

import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import java.util.function.Function;
import java.util.function.Supplier;

/** What became of one input record. Nothing disappears without a name. */
public sealed interface Decoded {

    /** Answers with the function for this outcome. */
    <R> R match(Function<Line, R> ifLine, Function<Unreadable, R> ifUnreadable, Supplier<R> ifNothing);

    /** A log line. */
    record Line(LogLine line, String format) implements Decoded {
        @Override
        public <R> R match(Function<Line, R> ifLine, Function<Unreadable, R> ifUnreadable, Supplier<R> ifNothing) {
            return ifLine.apply(this);
        }
    }

    /** A record that claims a format and breaks it. {@code excerpt} is at most 200 characters of it. */
    record Unreadable(String excerpt, Reason reason, Origin origin) implements Decoded {
        @Override
        public <R> R match(Function<Line, R> ifLine, Function<Unreadable, R> ifUnreadable, Supplier<R> ifNothing) {
            return ifUnreadable.apply(this);
        }
    }

    /** A line that is no log record: blank, prose, a rule of a table, the continuation of another. */
    record Nothing() implements Decoded {
        @Override
        public <R> R match(Function<Line, R> ifLine, Function<Unreadable, R> ifUnreadable, Supplier<R> ifNothing) {
            return ifNothing.get();
        }
    }

    /** Why a record can't be read. */
    enum Reason {
        NOT_UTF_8,
        TOO_LONG,
        BROKEN_JSON,
        BROKEN_CSV,
        BAD_TIME,
        MISSING_FIELD
    }
}
