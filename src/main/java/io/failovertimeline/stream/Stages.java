package io.failovertimeline.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.correlate.Correlator;
import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.LogDecoder;
import io.failovertimeline.decode.load.EndpointNames;
import io.failovertimeline.decode.load.EndpointPatterns;
import io.failovertimeline.decode.load.HaproxyRequest;
import io.failovertimeline.decode.load.LoadDecoder;
import io.failovertimeline.decode.load.LoadFormats;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.RecoveryTargets;
import io.failovertimeline.model.RequestResult;
import io.failovertimeline.publish.FindingsJson;
import io.failovertimeline.recognize.Recognition;
import io.failovertimeline.recognize.Recognizer;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The pure stages that the topology runs, in the order of the data.
 *
 * @param decodeLog bytes to a log line
 * @param loggedRequests makes one for each partition: a log line to the requests that it tells of
 * @param recognize a log line to what it proves, or why nothing
 * @param loadDecoders makes one for each partition: bytes to a request's result, fed in order
 * @param correlate evidence of one cluster to findings
 * @param incidentJson an incident as other programs read it
 */
public record Stages(
        LogDecoding decodeLog,
        Supplier<RequestReading> loggedRequests,
        LineRecognition recognize,
        Supplier<LoadDecoding> loadDecoders,
        Function<Collection<Evidence>, Findings> correlate,
        Function<Incident, ObjectNode> incidentJson) {

    /** The program's own stages, which recognize by {@code recognizer}. */
    public static Stages of(Recognizer recognizer) {
        return of(recognizer, EndpointPatterns.NONE, RecoveryTargets.NONE);
    }

    /** The same, which name endpoints by {@code endpoints} first and hold incidents against {@code targets}. */
    public static Stages of(Recognizer recognizer, EndpointPatterns endpoints, RecoveryTargets targets) {
        return new Stages(
                new LogDecoder()::decode,
                () -> new HaproxyRequest(new EndpointNames(endpoints))::of,
                recognition(recognizer),
                () -> loadDecoding(LoadFormats.ofRecords(endpoints)),
                evidence -> Correlator.findings(evidence).heldAgainst(targets),
                FindingsJson::incident);
    }

    private static LineRecognition recognition(Recognizer recognizer) {
        return new LineRecognition() {
            @Override
            public Recognition recognize(LogLine line, String cluster) {
                return recognizer.recognize(line, cluster);
            }

            @Override
            public boolean isDigitBlind(LogLine line) {
                return recognizer.isDigitBlind(line.component(), line.message());
            }
        };
    }

    private static LoadDecoding loadDecoding(LoadDecoder decoder) {
        return (bytes, from, to, origin) -> decoder.decode(bytes, from, to, origin)
                .match(
                        result -> new LoadReading(result.requests(), Optional.empty()),
                        unreadable -> new LoadReading(
                                List.of(),
                                Optional.of(new Unreadable(unreadable.reason().name(), unreadable.excerpt()))),
                        () -> new LoadReading(List.of(), Optional.empty()));
    }

    /** Bytes to a log line. */
    @FunctionalInterface
    public interface LogDecoding {
        /** What the bytes from {@code from} up to, not including, {@code to} are. */
        Decoded decode(byte[] bytes, int from, int to, Hints hints, Origin origin);
    }

    /** A log line to the requests that it tells of. */
    @FunctionalInterface
    public interface RequestReading {
        /**
         * The requests in {@code line}; empty if it is no line of a load balancer about one.
         *
         * @param zone of its local times
         */
        Optional<List<RequestResult>> read(LogLine line, ZoneId zone);
    }

    /** A log line to what it proves. */
    @FunctionalInterface
    public interface LineRecognition {
        /** What {@code line} proves about {@code cluster}. */
        Recognition recognize(LogLine line, String cluster);

        /** Whether all lines that differ from {@code line} in nothing but digits prove the same; false where that is not known. */
        default boolean isDigitBlind(LogLine line) {
            return false;
        }
    }

    /** Bytes to results of requests. */
    @FunctionalInterface
    public interface LoadDecoding {
        /** What the bytes from {@code from} up to, not including, {@code to} are. */
        LoadReading decode(byte[] bytes, int from, int to, Origin origin);
    }

    /**
     * What became of one record of a load generator; both are empty for a record that is no result of a request.
     *
     * @param results the requests
     * @param unreadable why there is none, a code and the words for it
     */
    public record LoadReading(List<RequestResult> results, Optional<Unreadable> unreadable) {}

    /**
     * A record that claims to be a result and is none.
     *
     * @param reason a code such as {@code BROKEN_JSON}
     * @param error what is wrong, in words
     */
    public record Unreadable(String reason, String error) {}
}
