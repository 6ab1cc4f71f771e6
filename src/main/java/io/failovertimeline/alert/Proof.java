package io.failovertimeline.alert;

import java.time.Instant;
import java.util.Optional;

/**
 * A line that proves an alert.
 *
 * @param at when it was written
 * @param member who wrote it or whom it is about; empty if unknown
 * @param text the line, on one line, without control characters, cut after {@value PlainText#LONGEST_LINE} characters
 * @param source where it stands
 */
public record Proof(Instant at, Optional<String> member, String text, String source) {}
