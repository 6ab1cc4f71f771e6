package io.failovertimeline.decode.state;

import java.util.List;
import java.util.Optional;

/** One way in which dumps are laid out. */
interface DumpFormat {

    /** Whether a dump may begin with {@code line}. */
    boolean begins(String line);

    /** How far a dump goes that begins with {@code first}. */
    Extent extent(String first);

    /** The lines that a dump's second part needs in front of it where it had to be cut; empty if it can't be cut. */
    default List<String> head(List<String> lines) {
        return List.of();
    }

    /** The dump; empty if the lines are none that is known. */
    Optional<StateDump> read(List<String> lines);
}
