package io.failovertimeline.cli;

import io.failovertimeline.alert.AlertRules;
import io.failovertimeline.config.Configuration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that tells of alerts from files. */
final class AlertOptions {

    @Option(
            names = "--alerts",
            description = "Instead of the report: which alerts would have fired, when, and how long after the fault.")
    private boolean alerts;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "With --alerts: settings of alerts (alerts.NAME=…), as for the stream command; see docs/alerts.md.")
    private @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "With --alerts: one more setting, such as alerts.outage.budget=5s. Can be given several times.")
    private Map<String, String> set = new LinkedHashMap<>();

    boolean wanted() {
        return alerts;
    }

    AlertRules rules() throws IOException {
        return Configuration.read(Optional.ofNullable(config), System.getenv(), set).stream()
                .alerts();
    }
}
