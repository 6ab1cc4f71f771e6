package io.failovertimeline.decode.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The user's own names for endpoints, one a line:
 *
 * <pre>{@code
 * # a placeholder stands for one segment of a path, * for anything
 * GET /cities/{name}
 * GET /static/* = static files
 * }</pre>
 *
 * The first that matches the whole of method and path, or of the name that the generator gave, names the endpoint: by what stands
 * behind {@code =}, else by its own text.
 */
public final class EndpointPatterns {

    /** There are none. */
    public static final EndpointPatterns NONE = new EndpointPatterns(List.of());

    private static final int MOST_STARS = 4;

    private record Rule(Pattern pattern, String name) {}

    private final List<Rule> rules;

    private EndpointPatterns(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Reads lines of such a file.
     *
     * @throws IllegalArgumentException if some are no patterns; the message names each with its line, from 1
     */
    public static EndpointPatterns parse(List<String> lines) {
        List<Rule> rules = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                rule(line, i + 1, problems).ifPresent(rules::add);
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return new EndpointPatterns(rules);
    }

    private static Optional<Rule> rule(String line, int number, List<String> problems) {
        int equals = line.indexOf(" = ");
        String pattern = (equals < 0 ? line : line.substring(0, equals)).strip();
        String name = (equals < 0 ? line : line.substring(equals + 3)).strip();
        if (pattern.isEmpty() || name.isEmpty()) {
            problems.add("line " + number + " lacks a pattern or a name beside its =");
            return Optional.empty();
        }
        StringBuilder expression = new StringBuilder("(?s)");
        int stars = 0;
        for (int at = 0; at < pattern.length(); at++) {
            char character = pattern.charAt(at);
            int close = character == '{' ? pattern.indexOf('}', at) : -1;
            if (close > 0) {
                expression.append("[^/]+");
                at = close;
            } else if (character == '*') {
                expression.append(".*");
                stars++;
            } else {
                expression.append(Pattern.quote(String.valueOf(character)));
            }
        }
        if (stars > MOST_STARS) {
            problems.add("line " + number + " has more than " + MOST_STARS + " *");
            return Optional.empty();
        }
        return Optional.of(new Rule(Pattern.compile(expression.toString()), BoundedText.of(name)));
    }

    /** Whether there are none. */
    boolean areNone() {
        return rules.isEmpty();
    }

    /** The name for {@code raw}: method and path, or the generator's own name; empty if no pattern matches. */
    Optional<String> name(String raw) {
        return rules.stream()
                .filter(rule -> rule.pattern().matcher(raw).matches())
                .map(Rule::name)
                .findFirst();
    }
}
