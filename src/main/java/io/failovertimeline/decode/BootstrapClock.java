package io.failovertimeline.decode;

import io.failovertimeline.model.Origin;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the local time at which Patroni began to bootstrap a cluster with the cluster's system identifier, whose upper half is
 * the second, since 1970, in which initdb made it.
 *
 * @see <a href="https://www.postgresql.org/docs/current/functions-info.html">pg_control_system</a>
 */
final class BootstrapClock {

    private static final Pattern IDENTIFIER = Pattern.compile("Database system identifier: +(\\d{19})");

    private final String source;
    private final LinesByNumber<LocalDateTime> bootstraps = new LinesByNumber<>();
    private final LinesByNumber<Instant> identifiers = new LinesByNumber<>();

    BootstrapClock(String source) {
        this.source = source;
    }

    /** A line of any kind, such as one of pg_controldata that Patroni logged. */
    void text(String text, long line) {
        if (text.contains("Database system identifier")) {
            Matcher identifier = IDENTIFIER.matcher(text);
            if (identifier.find()) {
                long seconds = Long.parseUnsignedLong(identifier.group(1)) >>> Integer.SIZE;
                identifiers.put(line, Instant.ofEpochSecond(seconds));
            }
        }
    }

    void add(Reading reading, long line) {
        boolean isBootstrap = reading.message()
                .filter(message -> message.startsWith("trying to bootstrap a new cluster"))
                .isPresent();
        if (isBootstrap) {
            reading.ownTime()
                    .filter(time -> !time.isAbsolute())
                    .flatMap(WrittenTime::wall)
                    .ifPresent(wall -> bootstraps.put(line, wall));
        }
    }

    /** The offset that all pairs of the two agree on; empty if there is no such pair, or they do not agree. */
    Optional<ZoneClue> offset() {
        TreeSet<ZoneOffset> offsets = new TreeSet<>();
        TreeSet<ZoneClue> clues = new TreeSet<>();
        identifiers.all().forEach((line, made) -> bootstraps.all().values().forEach(wall -> Placing.offsetBetween(
                        made, wall)
                .ifPresent(offset -> {
                    offsets.add(offset);
                    clues.add(new ZoneClue(
                            ZoneClue.Kind.BOOTSTRAP, offset, Optional.empty(), List.of(), Origin.line(source, line)));
                })));
        return offsets.size() == 1 ? Optional.of(clues.first()) : Optional.empty();
    }
}
