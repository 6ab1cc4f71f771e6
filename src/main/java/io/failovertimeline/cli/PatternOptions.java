package io.failovertimeline.cli;

import io.failovertimeline.recognize.Catalog;
import io.failovertimeline.recognize.CatalogException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option of every command that recognizes lines. */
final class PatternOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--patterns",
            paramLabel = "DIR",
            description =
                    "A folder with grok patterns of your own, which are tried before the program's; may be given more "
                            + "than once. grok-patterns/README.md tells how to write them.")
    private List<Path> directories = new ArrayList<>();

    /**
     * The user's patterns and the program's.
     *
     * @throws CatalogException if any of the user's is bad
     */
    Catalog catalog() {
        return Catalog.with(directories());
    }

    /** The folders that were given; each is one. */
    List<Path> directories() {
        for (Path directory : directories) {
            if (!Files.isDirectory(directory)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--patterns " + directory + ": not a folder; give one that holds pattern files");
            }
        }
        return directories;
    }
}
