package io.failovertimeline.recognize;

import java.util.List;

/** The catalog can't be used. Its message lists every problem, one a line, each as {@code file:line: what is wrong}. */
public final class CatalogException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    CatalogException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, in the order of files and lines. */
    public List<String> problems() {
        return problems;
    }
}
