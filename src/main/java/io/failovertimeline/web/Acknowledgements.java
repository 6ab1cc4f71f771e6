package io.failovertimeline.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Where it is written who takes care of an incident. */
@FunctionalInterface
public interface Acknowledgements {

    /**
     * Writes it down for good.
     *
     * @param incident its id
     * @param json {@code incident}, {@code name}, {@code comment}, {@code at}
     * @throws IOException if it could not be written; the message says why
     */
    void write(String incident, ObjectNode json) throws IOException;
}
