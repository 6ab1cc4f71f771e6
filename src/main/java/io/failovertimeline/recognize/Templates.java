package io.failovertimeline.recognize;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Takes out of messages what differs from one to the next, so that those that say the same can be counted together. */
public final class Templates {

    /** Behind so many characters a message is cut. */
    public static final int LONGEST = 1000;

    private static final String NAMES = "NAMES";
    private static final String NO_WORD_BEFORE = "(?<![\\p{L}\\d_])";
    private static final String NO_WORD_AFTER = "(?![\\p{L}\\d_])";

    private final Pattern variables;

    /** Besides what looks variable, these names are taken out: of members and hosts. */
    public Templates(Collection<String> names) {
        List<String> alternatives = new ArrayList<>();
        for (Variable variable : Variable.values()) {
            alternatives.add("(?<" + variable.name() + ">" + variable.expression + ")");
            if (variable == Variable.TEXT && !names.isEmpty()) {
                // the longest first, or db would be taken out of db-a
                alternatives.add("(?<" + NAMES + ">" + NO_WORD_BEFORE
                        + names.stream()
                                .sorted(Comparator.comparing(String::length)
                                        .reversed()
                                        .thenComparing(Comparator.naturalOrder()))
                                .map(Pattern::quote)
                                .collect(Collectors.joining("|", "(?:", ")"))
                        + NO_WORD_AFTER + ")");
            }
        }
        variables = Pattern.compile(String.join("|", alternatives));
    }

    /** What can vary in a message; the first that fits a place is taken. */
    enum Variable {
        UUID(bounded("[\\da-fA-F]{8}(?:-[\\da-fA-F]{4}){3}-[\\da-fA-F]{12}"), "[\\da-fA-F-]{36}"),
        TIME(
                bounded("(?:\\d{4}-\\d\\d-\\d\\d[T ])?+\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d++)?+"
                        + "(?:Z| ?[+-]\\d\\d(?::?\\d\\d)?+| (?:UTC|GMT|[A-Z]{2,4}T|MSK))?+"),
                "[-\\dT:., +]{8,40}[A-Z]{0,4}"),
        DATE(
                bounded("\\d{1,2}/[A-Z][a-z]{2}/\\d{4}(?::\\d\\d:\\d\\d:\\d\\d(?:\\.\\d++)?+)?+(?: [+-]\\d{4})?+"),
                "[\\w/:. +-]{8,40}"),
        URL(NO_WORD_BEFORE + "[a-z]{2,8}://[^\\s\"')>]++", "[^\\s\"')>]+"),
        ADDRESS(
                bounded("\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d++)?+(?:/\\d++)?+") + "|"
                        + bounded("[\\da-f]{1,4}(?::[\\da-f]{1,4}){0,6}::[\\da-f:]*+"),
                "[\\da-f.:/]+"),
        LSN(bounded("(?<!/)(?=[A-F/]*+\\d)[\\dA-F]{1,8}/[\\dA-F]{1,8}(?!/)"), "[\\dA-F]+/[\\dA-F]+"),
        PATH("(?<![\\p{L}\\d_/.])/(?:[\\p{L}\\d_.@%+~-]++/?+)++", "/[\\p{L}\\d_.@%+~/-]+"),
        TEXT(
                "\"[^\"]*+\"|(?<![\\p{L}\\d])'[^']*+'(?![\\p{L}\\d])|»[^«]*+«|«[^»]*+»|„[^“]*+“",
                "(?:\"[^\"]*\"|'[^']*'|»[^«]*«|«[^»]*»|„[^“]*“)"),
        NUMBER(bounded("[-+]?+\\d++(?:[.,]\\d++)*+(?:[munk]?s|[kKMG]?B|%)?+"), "[-+]?\\d+(?:[.,]\\d+)*[a-zA-Z%]*"),
        HEX(bounded("0x[\\da-fA-F]++|(?=[a-f]*+\\d)[\\da-f]{8,}+"), "[\\da-fA-Fx]+"),
        NAME(NO_WORD_BEFORE + "(?=[\\p{L}_.-]*+\\d)[\\p{L}\\d_](?:[\\p{L}\\d_.-]*[\\p{L}\\d_])?", "[\\p{L}\\d_.-]+");

        private final String expression;
        private final String grok;

        Variable(String expression, String grok) {
            this.expression = expression;
            this.grok = grok;
        }

        private static String bounded(String expression) {
            return NO_WORD_BEFORE + "(?:" + expression + ")" + NO_WORD_AFTER;
        }
    }

    /** A stretch of a message: what always stands there, or in its place what varies. */
    record Part(String text, Optional<Variable> variable) {

        /** An expression that matches it. */
        String grok() {
            return variable.map(some -> some.grok)
                    .orElseGet(() -> text.replaceAll("[\\\\.\\[\\]{}()*+?^$|]", "\\\\$0"));
        }

        @Override
        public String toString() {
            return variable.map(some -> "<" + some.name().toLowerCase(Locale.ROOT) + ">")
                    .orElse(text);
        }
    }

    /** The message with {@code <number>}, {@code <name>} and the like for what varies. */
    public String template(String message) {
        return parts(message).stream().map(Part::toString).collect(Collectors.joining());
    }

    List<Part> parts(String message) {
        String text = message.substring(0, Math.min(message.length(), LONGEST));
        List<Part> parts = new ArrayList<>();
        Matcher matcher = variables.matcher(text);
        int from = 0;
        while (matcher.find()) {
            if (matcher.start() > from) {
                parts.add(new Part(text.substring(from, matcher.start()), Optional.empty()));
            }
            parts.add(new Part(matcher.group(), Optional.of(variable(matcher))));
            from = matcher.end();
        }
        if (from < text.length()) {
            parts.add(new Part(text.substring(from), Optional.empty()));
        }
        return parts;
    }

    private static Variable variable(Matcher matcher) {
        for (Variable variable : Variable.values()) {
            if (matcher.group(variable.name()) != null) {
                return variable;
            }
        }
        return Variable.NAME;
    }
}
