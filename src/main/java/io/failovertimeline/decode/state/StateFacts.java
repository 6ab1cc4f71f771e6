package io.failovertimeline.decode.state;

import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.Placing;
import io.failovertimeline.decode.state.StateDump.Row;
import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Stamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What dumps say of instants. */
public final class StateFacts {

    private static final String HISTORY = ClusterEvent.STATE_RULES + "history";
    private static final String WAL_RECEIVER = ClusterEvent.STATE_RULES + "wal-receiver";
    private static final String RETRANSMITS = ClusterEvent.STATE_RULES + "tcp-retransmits";

    private StateFacts() {}

    /**
     * What {@code dump} says of instants; nothing for most.
     *
     * @param hints whose dump it is, and the zone of its times without an offset; times of day are those of the day of {@code near},
     *     and left out where that is empty
     */
    public static List<StateFact> of(StateDump dump, Hints hints) {
        return switch (dump.kind()) {
            case PATRONICTL_HISTORY, DCS_KEYS ->
                dump.rows().stream().flatMap(row -> promotion(dump, row, hints)).toList();
            case PG_STAT_WAL_RECEIVER ->
                dump.rows().stream().flatMap(row -> received(row, hints)).toList();
            case TCP_RETRANSMITS ->
                hints.near().stream()
                        .flatMap(near -> retransmits(dump, near, hints))
                        .toList();
            case PATRONICTL_LIST,
                    PATRONI_CLUSTER,
                    PATRONI_STATUS,
                    PATRONI_CONFIG,
                    ETCD_MEMBERS,
                    ETCD_ENDPOINT_STATUS,
                    ETCD_ENDPOINT_HEALTH,
                    PG_STAT_REPLICATION,
                    PG_IS_IN_RECOVERY -> List.of();
        };
    }

    /** The file of the new timeline's history was written by whoever was promoted, at its promotion. */
    private static Stream<StateFact> promotion(StateDump dump, Row row, Hints hints) {
        Optional<String> time = row.field("timestamp");
        Optional<String> ended = row.field("tl");
        if (time.isEmpty() || ended.isEmpty()) {
            return Stream.empty();
        }
        TreeMap<String, String> fields = new TreeMap<>();
        row.field("new_leader").ifPresent(member -> fields.put("member", member));
        row.field("lsn_hex").ifPresent(lsn -> fields.put("lsn", lsn));
        row.field("reason").ifPresent(reason -> fields.put("reason", reason));
        String text = "history: timeline " + ended.get() + " ended"
                + row.field("lsn_hex").map(lsn -> " at " + lsn).orElse("")
                + row.field("reason").map(reason -> ", " + reason).orElse("")
                + ", " + time.get()
                + row.field("new_leader")
                        .map(member -> ", new leader " + member)
                        .orElse("");
        return Placing.written(time.get(), row.field("new_leader").or(hints::host), hints).stream()
                .map(stamp -> new StateFact(
                        stamp,
                        EventKind.PROMOTED,
                        row.field("cluster").or(dump::cluster),
                        Optional.empty(),
                        HISTORY,
                        fields,
                        text,
                        row.line()));
    }

    /** A standby had word from its sender. */
    private static Stream<StateFact> received(Row row, Hints hints) {
        TreeMap<String, String> fields = new TreeMap<>(Map.of("role", "replica"));
        row.field("sender_host").ifPresent(address -> fields.put("address", address));
        row.field("latest_end_lsn").ifPresent(lsn -> fields.put("lsn", lsn));
        row.field("received_tli").ifPresent(timeline -> fields.put("timeline", timeline));
        return row.field("last_msg_receipt_time").stream()
                .flatMap(time -> Placing.written(time, hints.host(), hints).stream()
                        .map(stamp -> new StateFact(
                                stamp,
                                EventKind.HEARTBEAT,
                                Optional.empty(),
                                hints.host(),
                                WAL_RECEIVER,
                                fields,
                                receiverText(row, time),
                                row.line())));
    }

    private static String receiverText(Row row, String time) {
        return "pg_stat_wal_receiver: "
                + row.field("status").orElse("status unknown")
                + row.field("sender_host").map(host -> " from " + host).orElse("")
                + row.field("last_msg_send_time")
                        .map(sent -> ", last message sent " + sent)
                        .orElse("")
                + ", received " + time;
    }

    private static Stream<StateFact> retransmits(StateDump dump, Instant near, Hints hints) {
        ZoneId zone = hints.zoneOf(hints.host());
        LocalDate day = near.atZone(zone).toLocalDate();
        return dump.rows().stream().map(row -> {
            Instant at = day.plusDays(Long.parseLong(row.fields().getOrDefault("day", "0")))
                    .atTime(LocalTime.parse(row.fields().getOrDefault("time", "00:00:00")))
                    .atZone(zone)
                    .toInstant();
            String local = row.fields().getOrDefault("local", "");
            String remote = row.fields().getOrDefault("remote", "");
            return new StateFact(
                    new Stamp(at, Precision.SECONDS, Stamp.Clock.APPLICATION),
                    EventKind.FAULT_SIGNAL,
                    Optional.empty(),
                    hints.host(),
                    RETRANSMITS,
                    new TreeMap<>(Map.of("address", remote, "local", local, "reason", "NETWORK")),
                    "tcpretrans: " + local + " to " + remote + ", "
                            + row.fields().getOrDefault("retransmits", "") + " in this second ("
                            + row.fields().getOrDefault("states", "") + ")",
                    row.line());
        });
    }
}
