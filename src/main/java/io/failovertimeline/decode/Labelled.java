package io.failovertimeline.decode;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tools that show several containers at once put in front of a line: {@code docker compose logs} {@code db1-1  | text},
 * {@code kubectl logs --prefix} {@code [pod/db-0/postgres] text}, stern {@code db-0 postgres text}.
 *
 * @param name of container or pod
 * @param text what stands behind
 */
record Labelled(String name, String text) {

    private static final int LONGEST_NAME = 64;

    private static final Pattern KUBERNETES = Pattern.compile(
            "(?:\\[pod/(?<pod>[\\w.-]{1,253})/[\\w.-]{1,63}\\]|(?<first>[a-z][a-z0-9.-]{0,200}-[a-z0-9]{1,63})"
                    + " [a-z][a-z0-9-]{0,62}) (?<text>[\\d{].*)",
            Pattern.DOTALL);

    /** The line that {@code line} shows; empty if it begins with no such name. */
    static Optional<Labelled> read(String line) {
        int bar = line.indexOf(" | ");
        String name = bar > 0 ? line.substring(0, bar).stripTrailing() : "";
        if (!name.isEmpty() && name.length() <= LONGEST_NAME && name.indexOf(' ') < 0) {
            String text = Cleaning.withoutColours(line.substring(bar + 3)).stripLeading();
            return Optional.of(new Labelled(name, text));
        }
        char first = line.charAt(0);
        if (first != '[' && (first < 'a' || first > 'z')) {
            return Optional.empty();
        }
        Matcher labelled = KUBERNETES.matcher(line);
        return labelled.matches()
                ? Optional.of(new Labelled(
                        Optional.ofNullable(labelled.group("pod")).orElseGet(() -> labelled.group("first")),
                        labelled.group("text")))
                : Optional.empty();
    }
}
