package io.failovertimeline.replay;

import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import java.util.Collection;

/** Is shown the lines that no catalog entry takes. */
public interface UnknownListener {

    /** Looks at none. */
    UnknownListener NONE = new UnknownListener() {};

    /** Whether it looks at any. */
    default boolean isAsked() {
        return this != NONE;
    }

    /** Before all lines: what members and hosts the input names. */
    default void names(Collection<String> members) {}

    /** A line of a covered program. */
    default void line(LogLine line) {}

    /** What is no log line at all. */
    default void text(String text, Origin origin) {}
}
