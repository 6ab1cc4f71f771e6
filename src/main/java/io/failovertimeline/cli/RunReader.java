package io.failovertimeline.cli;

import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.load.GivenLoads;
import io.failovertimeline.model.Report;
import io.failovertimeline.recognize.Recognizer;
import io.failovertimeline.replay.ProgressListener;
import io.failovertimeline.replay.UnknownListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Reads runs, each a file or a folder, for commands that compare them. */
final class RunReader {

    private final ReplayCommand.Pipeline pipeline;
    private final CommandLine command;
    private final GivenZones zones;
    private final GivenLoads loads;
    private final Recognizer recognizer;

    RunReader(
            ReplayCommand.Pipeline pipeline,
            CommandLine command,
            GivenZones zones,
            GivenLoads loads,
            Recognizer recognizer) {
        this.pipeline = pipeline;
        this.command = command;
        this.zones = zones;
        this.loads = loads;
        this.recognizer = recognizer;
    }

    Report read(Path run) throws IOException {
        Report report = pipeline.run(
                List.of(run.toString()),
                zones,
                loads,
                recognizer,
                UnknownListener.NONE,
                evidence -> {},
                ProgressListener.NONE);
        if (report.inputs().isEmpty()) {
            throw new ParameterException(command, run + " holds nothing that can be read");
        }
        return report;
    }

    /** The runs in {@code path}: itself, or each of its folders if it is a set. */
    List<Path> runs(Path path, boolean isSet) throws IOException {
        if (!Files.isReadable(path)) {
            throw new ParameterException(
                    command, path + ": " + (Files.exists(path) ? "may not be read" : "no such file or folder"));
        }
        if (!isSet) {
            return List.of(path);
        }
        if (!Files.isDirectory(path)) {
            throw new ParameterException(command, path + ": a set of runs is a folder with a folder for each run");
        }
        try (Stream<Path> entries = Files.list(path)) {
            List<Path> folders = entries.filter(Files::isDirectory).sorted().toList();
            if (folders.isEmpty()) {
                throw new ParameterException(command, path + ": a set of runs has a folder for each run; it has none");
            }
            return folders;
        }
    }
}
