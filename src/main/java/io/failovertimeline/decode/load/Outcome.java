package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.RequestResult;
import io.failovertimeline.model.RequestView;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** What became of one line of load results. */
public sealed interface Outcome {

    /** Answers with the function for this outcome. */
    <R> R match(Function<Result, R> ifResult, Function<Unreadable, R> ifUnreadable, Supplier<R> ifNothing);

    /** The requests that the line tells of, if any; for good. */
    List<RequestResult> requests();

    /**
     * The request that is complete with this line, or all that a line with counts tells of: never none.
     *
     * @param told may be told otherwise by the next line
     */
    record Result(List<? extends RequestView> told) implements Outcome {

        /** The result of one request. */
        public Result(RequestView request) {
            this(List.of(request));
        }

        @Override
        public List<RequestResult> requests() {
            return told.size() == 1
                    ? List.of(told.get(0).kept())
                    : told.stream().map(RequestView::kept).toList();
        }

        @Override
        public <R> R match(Function<Result, R> ifResult, Function<Unreadable, R> ifUnreadable, Supplier<R> ifNothing) {
            return ifResult.apply(this);
        }
    }

    /** A line that breaks its format. {@code excerpt} is at most 200 characters of it. */
    record Unreadable(String excerpt, Decoded.Reason reason, Origin origin) implements Outcome {
        @Override
        public <R> R match(Function<Result, R> ifResult, Function<Unreadable, R> ifUnreadable, Supplier<R> ifNothing) {
            return ifUnreadable.apply(this);
        }

        @Override
        public List<RequestResult> requests() {
            return List.of();
        }
    }

    /** A line that completes no request: blank, a header, another metric, the first half of a request. */
    record Nothing() implements Outcome {
        @Override
        public <R> R match(Function<Result, R> ifResult, Function<Unreadable, R> ifUnreadable, Supplier<R> ifNothing) {
            return ifNothing.get();
        }

        @Override
        public List<RequestResult> requests() {
            return List.of();
        }
    }
}
