package io.failovertimeline.cli;

import io.failovertimeline.config.Configuration;
import io.failovertimeline.config.LogFormat;
import io.failovertimeline.operate.JsonLog;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a command that runs until it is stopped writes its own log. */
final class LogOptions {

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            description = "text or json: how its own log is written to standard error. Default: text.")
    private @Nullable String format;

    /** The options as settings, by key. */
    Map<String, String> settings() {
        return format == null ? Map.of() : Map.of("log.format", format);
    }

    /** Lets {@code command} write as {@code configuration} says from now on. */
    static void begin(Configuration configuration, CommandSpec command) {
        if (configuration.logFormat() == LogFormat.JSON) {
            command.commandLine().setErr(JsonLog.begin());
        }
    }
}
