package io.failovertimeline.decode;

import io.failovertimeline.decode.ZoneClue.Kind;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.Origin;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the lines of one source tell about the zone of local times. */
final class ZoneNotes {

    private static final Pattern LAST_SEEN = Pattern.compile("\"dcs_last_seen\": ?(\\d{10})\\b");

    private final String source;
    /** The first line of each kind, offset and host. */
    private final TreeMap<String, ZoneClue> clues = new TreeMap<>();

    private final WallClocks wallClocks = new WallClocks();
    private final BootstrapClock bootstrap;
    private final TreeSet<String> localHosts = new TreeSet<>();

    ZoneNotes(String source) {
        this.source = source;
        this.bootstrap = new BootstrapClock(source);
    }

    void quoted(WrittenTime time, long line) {
        wallClocks.quoted(time, Origin.line(source, line));
    }

    void text(String text, long line) {
        bootstrap.text(text, line);
    }

    void add(Reading reading, long line) {
        bootstrap.add(reading, line);
        Optional<WrittenTime> own = reading.ownTime();
        Optional<WrittenTime> envelope = reading.envelopeTime();
        if (own.isPresent() && envelope.isPresent()) {
            Kind kind = reading.component() == Component.PATRONI ? Kind.PATRONI_IN_ENVELOPE : Kind.PROGRAM_IN_ENVELOPE;
            Placing.provenOffset(own.get(), envelope.get())
                    .or(() -> Placing.provenOffset(envelope.get(), own.get()))
                    .ifPresent(offset -> note(kind, offset, reading, line));
        }
        boolean dated = envelope.filter(WrittenTime::isAbsolute).isPresent();
        if (!dated) {
            own.or(() -> envelope).filter(time -> !time.isAbsolute()).ifPresent(time -> {
                wallClocks.local(time);
                reading.host().ifPresent(localHosts::add);
            });
            own.flatMap(time -> named(time, reading))
                    .ifPresent(offset -> note(Kind.ABBREVIATION, offset, reading, line));
        }
        envelope.flatMap(time -> time.abbreviation().flatMap(ZoneText::usualOffset))
                .ifPresent(offset -> note(Kind.ABBREVIATION, offset, reading, line));
        own.filter(time -> !time.isAbsolute())
                .flatMap(time -> lastSeen(time, reading))
                .ifPresent(offset -> note(Kind.LAST_SEEN, offset, reading, line));
    }

    /** The offset that a database program writes with its times; the zone of the machine, as a rule. */
    private static Optional<ZoneOffset> named(WrittenTime own, Reading reading) {
        boolean isLocal = reading.component() == Component.POSTGRESQL || reading.component() == Component.PATRONI;
        return isLocal ? own.offset().or(() -> own.abbreviation().flatMap(ZoneText::usualOffset)) : Optional.empty();
    }

    private static Optional<ZoneOffset> lastSeen(WrittenTime own, Reading reading) {
        Optional<Matcher> seen = reading.message()
                .filter(message -> message.contains("dcs_last_seen"))
                .map(LAST_SEEN::matcher)
                .filter(Matcher::find);
        return seen.flatMap(found -> own.wall()
                .flatMap(wall -> Placing.offsetBetween(Instant.ofEpochSecond(Long.parseLong(found.group(1))), wall)));
    }

    private void note(Kind kind, ZoneOffset offset, Reading reading, long line) {
        ZoneClue clue = new ZoneClue(kind, offset, reading.host(), moments(reading), Origin.line(source, line));
        String key = kind + " " + offset + " " + reading.host().orElse("");
        clues.merge(key, clue, ZoneClue::with);
    }

    private static List<Instant> moments(Reading reading) {
        return Stream.of(reading.envelopeTime(), reading.ownTime())
                .flatMap(Optional::stream)
                .filter(WrittenTime::isAbsolute)
                .flatMap(time -> time.at(ZoneOffset.UTC, Optional.empty()).stream())
                .limit(1)
                .toList();
    }

    /** All that was found. */
    List<ZoneClue> clues() {
        List<ZoneClue> found = new ArrayList<>(clues.values());
        dropContradictions(found);
        for (Optional<ZoneClue> ofAll : List.of(bootstrap.offset(), wallClocks.commonOffset())) {
            ofAll.ifPresent(clue -> {
                found.add(clue);
                localHosts.forEach(host -> found.add(clue.of(host)));
            });
        }
        return found;
    }

    /** A member that hangs has not seen the DCS for any length of time: such answers count only if they all agree. */
    private static void dropContradictions(List<ZoneClue> found) {
        Map<Optional<String>, Long> offsets = new HashMap<>();
        found.stream()
                .filter(clue -> clue.kind() == Kind.LAST_SEEN)
                .forEach(clue -> offsets.merge(clue.host(), 1L, Long::sum));
        found.removeIf(clue -> clue.kind() == Kind.LAST_SEEN && offsets.getOrDefault(clue.host(), 0L) > 1);
    }
}
