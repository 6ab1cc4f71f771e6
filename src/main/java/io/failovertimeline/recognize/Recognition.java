package io.failovertimeline.recognize;

import io.failovertimeline.model.Evidence;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the catalog says of one log line. */
public sealed interface Recognition {

    /** Answers with the function for this outcome. */
    <R> R match(Function<Significant, R> ifSignificant, Function<KnownNoise, R> ifNoise, Supplier<R> ifUnknown);

    /** A line that proves something: an event, or a mark if it has no time. */
    record Significant(Evidence evidence) implements Recognition {
        @Override
        public <R> R match(
                Function<Significant, R> ifSignificant, Function<KnownNoise, R> ifNoise, Supplier<R> ifUnknown) {
            return ifSignificant.apply(this);
        }
    }

    /** A line that is known and of no use: it means nothing, or it needs a time to mean something and has none. */
    record KnownNoise(String rule) implements Recognition {
        @Override
        public <R> R match(
                Function<Significant, R> ifSignificant, Function<KnownNoise, R> ifNoise, Supplier<R> ifUnknown) {
            return ifNoise.apply(this);
        }
    }

    /** A line that no entry of its component matches. */
    record Unknown() implements Recognition {
        @Override
        public <R> R match(
                Function<Significant, R> ifSignificant, Function<KnownNoise, R> ifNoise, Supplier<R> ifUnknown) {
            return ifUnknown.get();
        }
    }
}
