package io.failovertimeline.stream;

import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.Hints;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What a record's headers say about the source of its value. Each header is a UTF-8 text; one that is absent or blank says
 * nothing.
 *
 * @param cluster header {@code cluster}: the Patroni scope it belongs to
 * @param host header {@code host}: who wrote the line, where the line does not say
 * @param zone header {@code zone}: the zone or offset of local times, such as {@code Europe/Moscow} or {@code +03:00}
 * @param near header {@code near}: an ISO-8601 instant close to the record, from which a missing year is taken
 * @param source header {@code source}: the file the line is from, so that the rest of a record finds its beginning
 */
public record RecordHints(
        Optional<String> cluster,
        Optional<String> host,
        Optional<ZoneId> zone,
        Optional<Instant> near,
        Optional<String> source) {

    static final String CLUSTER = "cluster";

    /** Of all headers that are read. */
    static final List<String> NAMES = List.of(CLUSTER, "host", "source", "zone", "near");

    /**
     * Reads them.
     *
     * @throws DateTimeException if {@code zone} is no zone or {@code near} no instant
     */
    public static RecordHints of(Headers headers) {
        return new RecordHints(
                text(headers, "cluster"),
                text(headers, "host"),
                text(headers, "zone").map(ZoneId::of),
                text(headers, "near").map(Instant::parse),
                text(headers, "source"));
    }

    /** Header {@value #CLUSTER} alone. */
    static Optional<String> cluster(Headers headers) {
        return text(headers, CLUSTER);
    }

    /** Header {@code source} alone, for which header {@code host} stands in; {@code ""} if there is neither. */
    static String sender(Headers headers) {
        return sender(text(headers, "source"), text(headers, "host"));
    }

    /** The same of headers that were read. */
    String sender() {
        return sender(source, host);
    }

    private static String sender(Optional<String> source, Optional<String> host) {
        return source.or(() -> host).orElse("");
    }

    /** As headers of a record. */
    public Headers headers() {
        Headers headers = new RecordHeaders();
        add(headers, "cluster", cluster);
        add(headers, "host", host);
        add(headers, "zone", zone.map(ZoneId::getId));
        add(headers, "near", near.map(Instant::toString));
        add(headers, "source", source);
        return headers;
    }

    /**
     * The same for the decoder; {@code given} counts where no zone is said, and the record's own time stands in for an absent
     * {@code near}.
     */
    Hints hints(GivenZones given, Instant recordTime) {
        ZoneId usual = zone.or(() -> source.flatMap(given::ofSource))
                .or(given::general)
                .orElse(ZoneOffset.UTC);
        return new Hints(
                host,
                usual,
                zone.isPresent() ? Collections.emptySortedMap() : given.byName(),
                near.or(() -> Optional.of(recordTime)));
    }

    private static void add(Headers headers, String name, Optional<String> value) {
        value.ifPresent(text -> headers.add(name, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Optional<String> text(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name))
                .map(Header::value)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
                .filter(text -> !text.isEmpty());
    }
}
