package io.failovertimeline.cli;

import io.failovertimeline.decode.GivenZones;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option of every command that reads local times. */
final class ZoneOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description =
                    "Zone of times without an offset, such as Europe/Moscow or +03:00. For a host or for inputs alone: "
                            + "db1=Europe/Moscow, 'logs/db2*=+03:00'; may be given more than once. "
                            + "Needed only where the input itself does not tell; replay says how it was read.")
    private List<String> zones = new ArrayList<>();

    /** The zones that were given. */
    GivenZones zones() {
        try {
            return GivenZones.parse(zones);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), "--zone: " + wrong.getMessage());
        }
    }
}
