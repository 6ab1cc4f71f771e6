package io.failovertimeline.decode;

import java.util.Optional;

/**
 * Which part of a line a record holds. Container runtimes and journald cut long lines: Docker after 16 KiB, CRI marks such parts
 * with {@code P}, journald with {@code _LINE_BREAK=line-max}. The next record of the same source and stream goes on with the text;
 * {@link CutLines} puts the parts together.
 *
 * @param stream {@code stdout}, {@code stderr}, journald's stream id or Docker's id of the line; empty if the record does not say
 * @param goesOn whether the line's text goes on in the stream's next record
 */
public record Part(Optional<String> stream, boolean goesOn) {

    /** A record that holds its line whole, of no named stream. */
    public static final Part WHOLE = new Part(Optional.empty(), false);
}
