package io.failovertimeline.cli;

import io.failovertimeline.decode.GivenZones;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Reads what was given with {@code --zone}. */
final class ZoneOptions {

    private ZoneOptions() {}

    static GivenZones read(List<String> zones, CommandSpec spec) {
        try {
            return GivenZones.parse(zones);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), "--zone: " + wrong.getMessage());
        }
    }
}
