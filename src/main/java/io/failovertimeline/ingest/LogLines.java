package io.failovertimeline.ingest;

import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.Joiner;
import io.failovertimeline.decode.LogDecoder;
import io.failovertimeline.decode.Surroundings;
import io.failovertimeline.decode.Telling;
import io.failovertimeline.decode.load.EndpointNames;
import io.failovertimeline.decode.load.HaproxyRequest;
import io.failovertimeline.decode.state.Lead;
import io.failovertimeline.decode.state.StateFacts;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.RequestResult;
import io.failovertimeline.model.Stamp;
import io.failovertimeline.replay.RecordReader;
import io.failovertimeline.stream.RecordHints;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The lines of one log input, each as it stands. A line without a time that belongs to a record follows it to the same topic and
 * partition, where the two are joined; one that belongs to none stays behind.
 */
final class LogLines {

    private final LogDecoder decoder = new LogDecoder();
    private final Joiner joiner = new Joiner(Joiner.USUAL_OPEN, unused -> {});
    private final String name;
    private final Hints hints;
    private final Surroundings surroundings;
    private final Optional<String> cluster;
    private final HaproxyRequest request;
    private IngestRecord.Input latestTopic = IngestRecord.Input.PATRONI_LOGS;

    LogLines(String name, Hints hints, Surroundings surroundings, Optional<String> cluster, EndpointNames names) {
        this.name = name;
        this.hints = hints;
        this.surroundings = surroundings;
        this.cluster = cluster;
        request = new HaproxyRequest(names);
    }

    /** What to send of the line that {@code reader} has read: a request that a load balancer logged goes as such, all else as it stands. */
    List<IngestRecord> records(RecordReader reader) {
        if (hints.divideAt(reader.number())) {
            joiner.interrupt(name);
        }
        boolean isRequest = HaproxyRequest.mayStandIn(reader.bytes(), reader.from(), reader.to());
        return (isRequest ? requests(reader) : Optional.<List<IngestRecord>>empty())
                .orElseGet(() -> record(reader).stream().toList());
    }

    private Optional<List<IngestRecord>> requests(RecordReader reader) {
        Origin origin = Origin.line(name, reader.number());
        return decoder.decode(reader.bytes(), reader.from(), reader.to(), hints.at(reader.number()), origin)
                .match(
                        line -> request.of(line.line(), hints.zoneOf(line.line().host())),
                        unreadable -> Optional.<List<RequestResult>>empty(),
                        nothing -> Optional.<List<RequestResult>>empty())
                .map(requests -> requests.stream()
                        .map(request -> FileFeed.request(
                                request, cluster.orElseGet(() -> surroundings.clusterOfLoad(name)), origin))
                        .toList());
    }

    private Optional<IngestRecord> record(RecordReader reader) {
        if (reader.dump().isPresent()) {
            joiner.interrupt(name);
            return dump(reader.dump().get());
        }
        byte[] value = Arrays.copyOfRange(reader.bytes(), reader.from(), reader.to());
        Origin origin = Origin.line(name, reader.number());
        Optional<Telling> ofRow = joiner.row(name, () -> text(value));
        if (ofRow.isPresent()) {
            return ofRow.map(telling -> belonging(value, telling, origin));
        }
        return decoder.decode(value, 0, value.length, hints.at(reader.number()), origin)
                .match(
                        line -> Optional.of(beginning(value, line)),
                        unreadable -> Optional.of(new IngestRecord(
                                IngestRecord.Input.PATRONI_LOGS,
                                value,
                                headers(hints.at(reader.number()).host(), Optional.empty()),
                                Optional.empty(),
                                origin)),
                        nothing -> joiner.text(name, text(value)).map(telling -> belonging(value, telling, origin)));
    }

    /** A dump that says something of instants, whole; what only shows a state stays behind. */
    private Optional<IngestRecord> dump(RecordReader.Dump dump) {
        Hints ofInput = surroundings.hintsForDump(name, Optional.empty()).at(dump.firstLine());
        Hints ofDump = surroundings.hintsForDump(
                name, dump.lead(ofInput).flatMap(Lead::host).or(ofInput::host));
        return StateFacts.of(dump.state(), ofDump).stream().findFirst().map(fact -> {
            Optional<String> named = fact.cluster().isPresent()
                    ? Optional.empty()
                    : Optional.of(surroundings.clusterOf(fact.about(), name));
            RecordHints headers = new RecordHints(
                    cluster.or(() -> named),
                    ofDump.host(),
                    Optional.of(ofDump.zoneOf(ofDump.host())),
                    ofDump.near(),
                    Optional.of(name));
            return new IngestRecord(
                    IngestRecord.Input.PATRONI_LOGS,
                    dump.block().value(),
                    headers,
                    Optional.empty(),
                    Origin.line(name, dump.firstLine()));
        });
    }

    private IngestRecord beginning(byte[] value, Decoded.Line decoded) {
        joiner.line(name, decoded, 0);
        latestTopic = topic(decoded.format());
        LogLine line = decoded.line();
        Optional<Instant> at = line.stamp().map(Stamp::at);
        return new IngestRecord(latestTopic, value, headers(line.host(), at), at, line.origin());
    }

    private IngestRecord belonging(byte[] value, Telling telling, Origin origin) {
        Optional<Instant> at = telling.line().stamp().map(Stamp::at);
        return new IngestRecord(latestTopic, value, headers(telling.line().host(), at), at, origin);
    }

    private RecordHints headers(Optional<String> host, Optional<Instant> at) {
        return new RecordHints(
                Optional.of(cluster.orElseGet(() -> surroundings.clusterOf(host, name))),
                host,
                Optional.of(hints.zoneOf(host)),
                at.or(hints::near),
                Optional.of(name));
    }

    private static IngestRecord.Input topic(String format) {
        return format.startsWith("journald") || format.startsWith("syslog")
                ? IngestRecord.Input.JOURNALD_LOGS
                : IngestRecord.Input.PATRONI_LOGS;
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
