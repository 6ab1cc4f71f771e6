package io.failovertimeline.model;

import java.time.Instant;

/**
 * Why a candidate did not take the lock.
 *
 * @param member the candidate
 * @param at when it said so
 * @param reason a code such as {@code LAG}, {@code TIMELINE}, {@code TAGS}, {@code WATCHDOG}, {@code NOT_HEALTHIEST}
 * @param origin the line that says so
 */
public record Refusal(String member, Instant at, String reason, Origin origin) {}
