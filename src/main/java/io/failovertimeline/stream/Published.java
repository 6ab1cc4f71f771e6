package io.failovertimeline.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An incident as it was last published.
 *
 * @param revision from 1; grows with every change, also over a withdrawal
 * @param withdrawn whether the evidence no longer tells of it
 * @param incident its JSON
 */
record Published(long revision, boolean withdrawn, ObjectNode incident) {}
