package io.failovertimeline.model;

/**
 * Something in the input that could not be used, named once with its place.
 *
 * @param place a path, or {@code path:line}
 * @param what what is wrong
 * @param advice what to do about it; may be empty
 */
public record Problem(String place, String what, String advice) {}
