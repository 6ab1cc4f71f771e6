package io.failovertimeline.bench;

import io.failovertimeline.recognize.Catalog;

/** Prints the literals of the catalog, one a line, for a search by another tool. */
public final class PrintLiterals {

    private PrintLiterals() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) {
        Catalog.builtIn().entries().stream()
                .flatMap(entry -> entry.literals().stream())
                .distinct()
                .sorted()
                .forEach(System.out::println);
    }
}
