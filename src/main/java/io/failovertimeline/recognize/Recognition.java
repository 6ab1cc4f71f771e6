package io.failovertimeline.recognize;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.LineClass;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the catalog says of one log line. */
public sealed interface Recognition {

    /** Answers with the function for this outcome. */
    <R> R match(Function<Significant, R> ifSignificant, Function<KnownNoise, R> ifNoise, Supplier<R> ifUnknown);

    /** What the line proves; empty if nothing. */
    default Optional<Evidence> proof() {
        return match(significant -> Optional.of(significant.evidence()), noise -> Optional.empty(), Optional::empty);
    }

    /** How a line of {@code component} with this outcome is counted. */
    default LineClass lineClass(Component component) {
        return match(
                significant -> LineClass.RECOGNIZED,
                noise -> LineClass.KNOWN_NOISE,
                () -> component == Component.OTHER ? LineClass.UNRELATED : LineClass.UNKNOWN);
    }

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
