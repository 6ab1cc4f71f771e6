package io.failovertimeline.cli;

import io.failovertimeline.recognize.Recognizer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How runs are read that are compared, and how that is written. */
final class RunOptions {

    /** How a result is written. */
    enum Format {
        text,
        json
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--format", description = "text or json. Default: text.")
    private Format format = Format.text;

    @Mixin
    private ZoneOptions zones = new ZoneOptions();

    @Mixin
    private LoadOptions loads = new LoadOptions();

    @Mixin
    private PatternOptions patterns = new PatternOptions();

    Format format() {
        return format;
    }

    /** Reads by {@code pipeline}. */
    RunReader reader(ReplayCommand.Pipeline pipeline) {
        return new RunReader(
                pipeline, spec.commandLine(), zones.zones(), loads.loads(), new Recognizer(patterns.catalog()));
    }
}
