package io.failovertimeline.decode;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names that the user gives for inputs: a path or its end, where {@code *} stands for any characters and {@code ?} for one. */
public final class SourceGlob {

    private SourceGlob() {}

    /** The one of {@code globs} that matches the source at {@code path}; of several the longest. */
    public static Optional<String> of(Collection<String> globs, String path) {
        return globs.stream()
                .filter(glob -> matches(glob, path))
                .max(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    }

    private static boolean matches(String glob, String path) {
        StringBuilder expression = new StringBuilder("(?s)(?:.*/)?");
        for (int i = 0; i < glob.length(); i++) {
            char character = glob.charAt(i);
            switch (character) {
                case '*' -> expression.append(".*");
                case '?' -> expression.append('.');
                default -> expression.append(Pattern.quote(String.valueOf(character)));
            }
        }
        return path.replace('\\', '/').matches(expression.toString());
    }
}
