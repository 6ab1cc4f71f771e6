package io.failovertimeline.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.correlate.Correlator;
import io.failovertimeline.correlate.EvidenceSet;
import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.load.GivenLoads;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.Report;
import io.failovertimeline.publish.FindingsJson;
import io.failovertimeline.recognize.Catalog;
import io.failovertimeline.recognize.Recognizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Labs whose truth is known, and replays of them. */
public final class Lab {

    static final Path BUNDLED = Path.of("labs");
    static final Path CAPTURED = Path.of("src/test/resources/lab");

    private static final Recognizer RECOGNIZER = new Recognizer(Catalog.builtIn());

    private Lab() {}

    static Report replay(GivenZones zone, List<Path> paths) throws IOException {
        return new Replay(RECOGNIZER, InputStream.nullInputStream())
                .run(paths.stream().map(Path::toString).toList(), zone, ProgressListener.NONE);
    }

    static Report replay(List<Path> paths) throws IOException {
        return replay(GivenZones.NONE, paths);
    }

    static Report replay(Path... paths) throws IOException {
        return replay(List.of(paths));
    }

    /** All that is told of the lab's incidents from. */
    public static Collection<Evidence> evidence(Path folder) throws IOException {
        EvidenceSet gathered = new EvidenceSet();
        new Replay(RECOGNIZER, InputStream.nullInputStream(), GivenLoads.NONE, evidence -> {
                    evidence.all().forEach(gathered::add);
                    return Correlator.findings(evidence);
                })
                .run(List.of(folder.toString()), GivenZones.NONE, ProgressListener.NONE);
        return gathered.all();
    }

    /** The inputs of all labs. */
    public static List<Path> all() throws IOException {
        List<Path> labs = new ArrayList<>();
        try (Stream<Path> bundled = Files.list(BUNDLED);
                Stream<Path> captured = Files.list(CAPTURED)) {
            bundled.forEach(labs::add);
            captured.map(lab -> lab.resolve("input")).filter(Files::isDirectory).forEach(labs::add);
        }
        return labs.stream().sorted().toList();
    }

    static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    static void copy(Path from, Path to) throws IOException {
        for (Path file : filesIn(from)) {
            Path copy = to.resolve(from.relativize(file).toString());
            Files.createDirectories(copy.resolveSibling("."));
            Files.copy(file, copy);
        }
    }

    /**
     * Incidents and error windows without the places of lines. Events of one instant come in the order of their places, so they
     * are sorted anew, and a cause points at texts instead of numbers.
     */
    static String story(Report report) {
        return story(FindingsJson.report(report));
    }

    /** The same of a report that is JSON already. */
    static String story(JsonNode json) {
        JsonNode all = json.deepCopy();
        for (JsonNode incident : all.path("incidents")) {
            withoutSources(incident);
            ObjectNode cause = (ObjectNode) incident.path("cause");
            List<String> evidence = new ArrayList<>();
            cause.path("evidence")
                    .forEach(index -> evidence.add(
                            incident.path("events").path(index.asInt()).toString()));
            cause.put("evidence", evidence.stream().sorted().toList().toString());
            sort((ArrayNode) incident.path("events"));
            sort((ArrayNode) incident.path("undatedEvents"));
        }
        return all.path("incidents").toPrettyString() + all.path("errorWindows").toPrettyString();
    }

    private static void withoutSources(JsonNode json) {
        if (json instanceof ObjectNode object) {
            object.remove("source");
        }
        json.forEach(Lab::withoutSources);
    }

    private static void sort(ArrayNode array) {
        List<JsonNode> sorted = new ArrayList<>();
        array.forEach(sorted::add);
        sorted.sort(java.util.Comparator.comparing(JsonNode::toString));
        array.removeAll().addAll(sorted);
    }
}
