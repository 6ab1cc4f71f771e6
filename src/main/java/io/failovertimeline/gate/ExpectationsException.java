package io.failovertimeline.gate;

import java.util.List;

/** Expectations that can't be read. Its message lists every problem, each with its place. */
public final class ExpectationsException extends Exception {

    private static final long serialVersionUID = 1;

    ExpectationsException(List<String> problems) {
        super(String.join("; ", problems));
    }
}
