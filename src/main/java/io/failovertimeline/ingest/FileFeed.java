package io.failovertimeline.ingest;

import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.Surroundings;
import io.failovertimeline.decode.load.EndpointNames;
import io.failovertimeline.decode.load.GivenLoads;
import io.failovertimeline.decode.load.LoadDecoder;
import io.failovertimeline.decode.load.RequestJson;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Problem;
import io.failovertimeline.model.RequestResult;
import io.failovertimeline.replay.Arriving;
import io.failovertimeline.replay.Generators;
import io.failovertimeline.replay.Input;
import io.failovertimeline.replay.RecordReader;
import io.failovertimeline.replay.SurveyedInputs;
import io.failovertimeline.stream.RecordHints;
import io.failovertimeline.stream.SettingsRecords;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads files the way an offline run does, and gives each line on as it stands, with what the input as a whole tells about it in its
 * headers. Of standard input, that is what has come when it falls silent for a second, and each line is given as soon as it is there.
 * Requests become plain JSON records; a state dump that tells of instants is one record; prose and other tables stay behind.
 */
public final class FileFeed implements Feed {

    private final InputStream standardInput;

    /** Reads {@code standardInput} where {@code -} is given. */
    public FileFeed(InputStream standardInput) {
        this.standardInput = standardInput;
    }

    @Override
    public Iterator<IngestRecord> open(
            List<String> paths,
            GivenZones zones,
            GivenLoads given,
            Optional<String> cluster,
            Consumer<Problem> problems)
            throws IOException {
        SurveyedInputs surveyed = SurveyedInputs.open(paths, new Arriving(standardInput), zones, given);
        surveyed.problems().forEach(problems);
        List<Iterator<IngestRecord>> sources = new ArrayList<>();
        sources.add(settings(surveyed.surroundings(), cluster).iterator());
        for (Input input : surveyed.logs()) {
            Hints hints = surveyed.surroundings().hintsFor(input.name(), input.fileDate());
            LogLines lines = new LogLines(
                    input.name(), hints, surveyed.surroundings(), cluster, new EndpointNames(given.endpoints()));
            sources.add(new LineRecords(
                    input, RecordReader.ofLog(inOrder(input).open()), lines::records, List::of, problems));
        }
        Generators generators = new Generators(surveyed.loads());
        for (SurveyedInputs.LoadInput load : surveyed.loads()) {
            LoadDecoder loadDecoder = load.decoder(load.context(surveyed.surroundings()));
            String about = cluster.orElseGet(
                    () -> surveyed.surroundings().clusterOfLoad(load.input().name()));
            sources.add(new LineRecords(
                    load.input(),
                    RecordReader.ofLines(load.input().open()),
                    reader -> requests(reader, load, loadDecoder, generators, about),
                    () -> requests(
                            loadDecoder.end(),
                            load,
                            generators,
                            about,
                            Origin.line(load.input().name(), 1)),
                    problems));
        }
        return new ByEventTime(sources);
    }

    /** What comes through a pipe may have no end. */
    private static Input inOrder(Input input) {
        return input.fileDate().isPresent() ? input.inOrder() : input;
    }

    private static List<IngestRecord> settings(Surroundings surroundings, Optional<String> cluster) {
        return surroundings.settings().stream()
                .map(found -> found.inCluster(cluster.orElse(found.cluster())))
                .map(found -> new IngestRecord(
                        IngestRecord.Input.PATRONI_LOGS,
                        SettingsRecords.write(found),
                        new RecordHints(
                                Optional.of(found.cluster()),
                                Optional.empty(),
                                Optional.empty(),
                                surroundings.hintsFor("", Optional.empty()).near(),
                                Optional.empty()),
                        Optional.empty(),
                        Origin.line("settings", 1)))
                .toList();
    }

    private static List<IngestRecord> requests(
            RecordReader reader,
            SurveyedInputs.LoadInput load,
            LoadDecoder loadDecoder,
            Generators generators,
            String cluster) {
        Origin origin = Origin.line(load.input().name(), reader.number());
        return loadDecoder
                .decode(reader.bytes(), reader.from(), reader.to(), origin)
                .match(
                        result -> requests(result.requests(), load, generators, cluster, origin),
                        unreadable -> List.of(new IngestRecord(
                                IngestRecord.Input.LOAD_RESULTS,
                                Arrays.copyOfRange(reader.bytes(), reader.from(), reader.to()),
                                about(cluster),
                                Optional.empty(),
                                origin)),
                        List::of);
    }

    private static List<IngestRecord> requests(
            List<RequestResult> requests,
            SurveyedInputs.LoadInput load,
            Generators generators,
            String cluster,
            Origin origin) {
        return requests.stream()
                .map(request -> request(request.by(generators.name(request.generator(), load)), cluster, origin))
                .toList();
    }

    /** A request as a record of its own. */
    static IngestRecord request(RequestResult request, String cluster, Origin origin) {
        return new IngestRecord(
                IngestRecord.Input.LOAD_RESULTS,
                RequestJson.write(request),
                about(cluster),
                Optional.of(request.start()),
                origin);
    }

    private static RecordHints about(String cluster) {
        return new RecordHints(
                Optional.of(cluster), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
