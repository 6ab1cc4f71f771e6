package io.failovertimeline.web;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What is new on the board.
 *
 * @param event {@code incident}, {@code withdrawn} or {@code acknowledged}
 * @param id of the incident
 * @param data what is told of it
 */
record Change(String event, String id, ObjectNode data) {}
