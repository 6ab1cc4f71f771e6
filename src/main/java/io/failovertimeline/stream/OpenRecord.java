package io.failovertimeline.stream;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.failovertimeline.decode.Joiner;
import io.failovertimeline.decode.Telling;
import java.util.Objects;

/**
 * A significant record that lines may still belong to: a value of the store {@code open-records}.
 *
 * @param standing which lines; versions up to 2026-11 did not store it and took all records for the latest of their sources
 */
record OpenRecord(@JsonUnwrapped Telling telling, Joiner.Standing standing) {
    OpenRecord {
        // null where JSON lacks it
        standing = Objects.requireNonNullElse(standing, Joiner.Standing.LATEST);
    }
}
