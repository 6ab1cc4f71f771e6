package io.failovertimeline.cli;

import io.failovertimeline.publish.TextTimeline;
import java.util.Map;
import java.util.Properties;

/**
 * What the launcher found out about the terminal; Java itself can't tell standard output from standard error.
 *
 * @param showsOutput whether standard output is one
 * @param showsErrors whether standard error is one
 * @param columns how wide it is
 * @param wantsColour whether the user's environment does not forbid colours
 */
public record Terminal(boolean showsOutput, boolean showsErrors, int columns, boolean wantsColour) {

    private static final int USUAL_COLUMNS = 100;

    /** As the launcher's system properties {@code failover.terminal.*} and {@code NO_COLOR} and {@code TERM} say. */
    public static Terminal of(Properties properties, Map<String, String> environment) {
        return new Terminal(
                Boolean.parseBoolean(properties.getProperty("failover.terminal.output")),
                Boolean.parseBoolean(properties.getProperty("failover.terminal.errors")),
                columns(properties.getProperty("failover.terminal.columns", "")),
                environment.getOrDefault("NO_COLOR", "").isEmpty()
                        && !environment.getOrDefault("TERM", "").equals("dumb"));
    }

    /** Whether what goes to standard output may have colours. */
    public boolean coloursOutput() {
        return showsOutput && wantsColour;
    }

    /** The live timeline as this terminal shows it. */
    TextTimeline timeline(boolean namesClusters) {
        return new TextTimeline(columns, coloursOutput(), namesClusters);
    }

    private static int columns(String property) {
        return property.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(property) : USUAL_COLUMNS;
    }
}
