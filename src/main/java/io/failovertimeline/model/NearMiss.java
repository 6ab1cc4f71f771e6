package io.failovertimeline.model;

import java.time.Instant;

/**
 * Something that could have become an incident and did not.
 *
 * @param cluster the Patroni scope
 * @param member whom it happened to
 * @param at when
 * @param what a code such as {@code LOOP_TIME_EXCEEDED}
 * @param explanation one sentence for a person
 * @param origin the line that says so
 */
public record NearMiss(String cluster, String member, Instant at, String what, String explanation, Origin origin) {}
