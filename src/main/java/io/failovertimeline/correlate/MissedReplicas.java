package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.LEADER_UNREACHABLE;
import static io.failovertimeline.model.EventKind.REPLICA_GONE;
import static io.failovertimeline.model.EventKind.STREAM_LOST;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a leader's own log tells of replicas that went away: synchronous standbys and slots that Patroni drops. */
record MissedReplicas(Chronicle chronicle, String leader) {

    /** A stream that broke so shortly before Patroni drops a replica broke for the same reason. */
    private static final Duration NOTICED = Duration.ofSeconds(60);

    /**
     * A replica that was missed.
     *
     * @param replica which
     * @param signs the leader's lines that show it, in order; never empty
     * @param back the line that shows it there again; empty if none does
     */
    record Missed(String replica, List<Entry> signs, Optional<Entry> back) {
        Instant begin() {
            return signs.get(0).at();
        }

        Instant end() {
            return back.orElse(signs.get(signs.size() - 1)).at();
        }
    }

    /** Those that were missed after {@code from} and not after {@code to}, in order. */
    List<Missed> between(Instant from, Instant to) {
        TreeMap<String, List<Entry>> dropped = new TreeMap<>();
        chronicle
                .between(from, to)
                .filter(entry -> entry.by(leader) && entry.proves(REPLICA_GONE))
                .forEach(entry -> replica(entry)
                        .ifPresent(replica -> dropped.computeIfAbsent(replica, name -> new ArrayList<>())
                                .add(entry)));
        List<Missed> missed = new ArrayList<>();
        dropped.forEach((replica, drops) -> {
            List<Entry> rest = drops;
            while (!rest.isEmpty()) {
                Missed next = missed(replica, rest.get(0), from, to);
                missed.add(next);
                rest = rest.stream()
                        .filter(entry -> entry.at().isAfter(next.end()))
                        .toList();
            }
        });
        return missed;
    }

    private Missed missed(String replica, Entry dropped, Instant from, Instant to) {
        Instant earliest = dropped.at().minus(NOTICED);
        Stream<Entry> before = chronicle
                .between(earliest.isAfter(from) ? earliest : from, dropped.at())
                .filter(entry -> !entry.equals(dropped) && isSymptom(entry, replica));
        Optional<Entry> back = chronicle
                .between(dropped.at(), to)
                .filter(entry -> showsBack(entry, replica))
                .findFirst();
        return new Missed(replica, Stream.concat(before, Stream.of(dropped)).toList(), back);
    }

    private boolean isSymptom(Entry entry, String replica) {
        return entry.by(leader)
                && (entry.proves(STREAM_LOST) || (entry.proves(LEADER_UNREACHABLE) && entry.about(replica)));
    }

    private boolean showsBack(Entry entry, String replica) {
        return entry.by(leader)
                && entry.about(replica)
                && (entry.says("patroni.sync-assigned") || entry.says("postgresql.synchronous-standby"));
    }

    private Optional<String> replica(Entry entry) {
        return entry.peer().or(() -> entry.event().field("slot").flatMap(this::memberOfSlot));
    }

    /** Slots of base backups and of other programs are no member's. */
    private Optional<String> memberOfSlot(String slot) {
        Set<String> members = new TreeSet<>();
        chronicle.stream().forEach(entry -> {
            entry.peer().ifPresent(members::add);
            entry.writer().ifPresent(members::add);
        });
        return members.stream()
                .filter(member -> !member.equals(leader) && slotOf(member).equals(slot))
                .findFirst();
    }

    /** Patroni writes what PostgreSQL does not take in the name of a slot as an underscore. */
    private static String slotOf(String member) {
        return member.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    }
}
