package io.failovertimeline.model;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of an incident's story.
 *
 * @param at when
 * @param precision how much later it may have been
 * @param type what it proves
 * @param member the member that wrote it or whom it is about; empty if unknown
 * @param text the message as it was written
 * @param origin where it stands
 */
public record Step(
        Instant at, Precision precision, EventKind type, Optional<String> member, String text, Origin origin) {}
