package io.failovertimeline.replay;

import java.io.IOException;
import java.util.List;

/** Paths that the user gave do not exist: wrong usage, not bad input. */
public final class NoSuchInput extends IOException {

    private static final long serialVersionUID = 1L;

    NoSuchInput(List<String> paths) {
        super(String.join(", ", paths) + (paths.size() == 1 ? " does" : " do")
                + " not exist. Give files, folders, or - for standard input.");
    }
}
