package io.failovertimeline.recognize;

import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Dissection;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.RequestResult;
import io.failovertimeline.model.ZoneFinding;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What was understood of one line, and why no more. */
public sealed interface Explanation {

    /** Where the line stands. */
    Origin origin();

    /** The line as it was given. */
    String text();

    /** Whether a catalog entry knows it, it is the result of a request, or it is blank or else known to tell nothing. */
    boolean isTaken();

    /** Answers with the function for this kind of line. */
    <R> R match(Function<OfLog, R> ifLog, Function<OfLoad, R> ifLoad);

    /**
     * A line that is read as one of a log.
     *
     * @param dissection how it was read; where it belongs to a record that begins above it, how the first line of that was
     * @param zone in which local times beside it are read, and why
     * @param verdict what the catalog says of the record; empty if the line is no log record that can be read
     * @param record the record with the message of all its lines; empty if the line is all of it
     */
    record OfLog(
            Origin origin,
            String text,
            Dissection dissection,
            ZoneFinding zone,
            Optional<Verdict> verdict,
            Optional<LogLine> record)
            implements Explanation {

        /** Of a line by itself. */
        public OfLog(Origin origin, String text, Dissection dissection, ZoneFinding zone, Optional<Verdict> verdict) {
            this(origin, text, dissection, zone, verdict, Optional.empty());
        }

        /** The same line as a part of {@code whole}, the first line of which is {@code head}. */
        public OfLog in(OfLog head, LogLine whole, Verdict ofWhole) {
            return new OfLog(origin, text, head.dissection, head.zone, Optional.of(ofWhole), Optional.of(whole));
        }

        @Override
        public boolean isTaken() {
            return dissection
                    .decoded()
                    .match(
                            record -> verdict.filter(its -> its.taken().isPresent())
                                    .isPresent(),
                            broken -> false,
                            Decoded.Nothing::isNoise);
        }

        @Override
        public <R> R match(Function<OfLog, R> ifLog, Function<OfLoad, R> ifLoad) {
            return ifLog.apply(this);
        }
    }

    /**
     * A line of a load generator's results.
     *
     * @param format such as {@code k6-csv}
     * @param requests the request, or all that a line with counts tells of; none if the line is no result
     * @param unreadable why it can't be read; empty if it can, or if it only accompanies results
     */
    record OfLoad(
            Origin origin,
            String text,
            String format,
            List<RequestResult> requests,
            Optional<Decoded.Reason> unreadable)
            implements Explanation {
        @Override
        public boolean isTaken() {
            return !requests.isEmpty();
        }

        @Override
        public <R> R match(Function<OfLog, R> ifLog, Function<OfLoad, R> ifLoad) {
            return ifLoad.apply(this);
        }
    }
}
