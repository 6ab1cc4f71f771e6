package io.failovertimeline.cli;

import io.failovertimeline.decode.load.EndpointPatterns;
import io.failovertimeline.decode.load.GivenLoads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that reads files of load results. */
final class LoadOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--load-start",
            paramLabel = "FILE=TIME",
            description = "When a run began of which a file has nothing but offsets from there (hey, oha): "
                    + "'load/hey.csv=2023-12-10T13:19:54.575Z'; FILE may have * and ?. May be given more than once.")
    private List<String> starts = new ArrayList<>();

    @Option(
            names = "--endpoints",
            paramLabel = "FILE",
            description = "Names for the endpoints of load results, a pattern a line: 'GET /cities/{name}', "
                    + "'GET /static/* = static files'. Without, a generator's own names count, else method and path "
                    + "with ids replaced.")
    private @Nullable Path endpoints;

    /** What was given. */
    GivenLoads loads() {
        try {
            return GivenLoads.parse(starts, patterns());
        } catch (IllegalArgumentException wrong) {
            throw unusable("--load-start: " + wrong.getMessage());
        }
    }

    private EndpointPatterns patterns() {
        if (endpoints == null) {
            return EndpointPatterns.NONE;
        }
        try {
            return EndpointPatterns.parse(Files.readAllLines(endpoints, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw unusable("--endpoints: " + endpoints + " can't be read as text in UTF-8");
        } catch (IllegalArgumentException wrong) {
            throw unusable("--endpoints: " + endpoints + ": " + wrong.getMessage());
        }
    }

    private ParameterException unusable(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
