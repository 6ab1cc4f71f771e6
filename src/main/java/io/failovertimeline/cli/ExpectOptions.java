package io.failovertimeline.cli;

import io.failovertimeline.gate.Expectations;
import io.failovertimeline.gate.ExpectationsException;
import io.failovertimeline.gate.ExpectationsFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a run is expected to tell. */
final class ExpectOptions {

    /**
     * What a file expects.
     *
     * @param file as it was given
     */
    record Expected(String file, Expectations expectations) {}

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--expect",
            paramLabel = "FILE",
            description =
                    "Hold the run against these expectations (YAML: kind, cause, outage, failedRequests, dataLoss, "
                            + "twoLeaders, phases; see docs/gate.md): each passes, fails, or can't be told.")
    private @Nullable Path file;

    boolean isAsked() {
        return file != null;
    }

    /** Empty if none are given. */
    Optional<Expected> expected() {
        if (file == null) {
            return Optional.empty();
        }
        String name = file.toString();
        try {
            return Optional.of(
                    new Expected(name, ExpectationsFile.read(name, Files.readString(file, StandardCharsets.UTF_8))));
        } catch (IOException unreadable) {
            throw new ParameterException(spec.commandLine(), "--expect: " + name + " can't be read as text in UTF-8");
        } catch (ExpectationsException wrong) {
            throw new ParameterException(spec.commandLine(), "--expect: " + wrong.getMessage());
        }
    }
}
