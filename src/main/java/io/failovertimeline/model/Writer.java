package io.failovertimeline.model;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which process wrote a line, as far as the line or its envelope says.
 *
 * @param program the syslog identifier; a child that writes into its parent's stream goes by the parent's
 * @param unit the systemd unit of the writing process; {@code init.scope} for systemd itself
 * @param pid its process id; the program's own word goes before the envelope's
 */
public record Writer(Optional<String> program, Optional<String> unit, OptionalLong pid) {

    /** Nothing is said about it. */
    public static final Writer UNKNOWN = new Writer(Optional.empty(), Optional.empty(), OptionalLong.empty());

    /** The same, with the process id that the program itself wrote, if it did. */
    public Writer withPid(OptionalLong own) {
        return own.isEmpty() ? this : new Writer(program, unit, own);
    }
}
