package io.failovertimeline.decode.state;

import io.failovertimeline.model.StateKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The columns of known tables. What a table is, is told by its header alone. */
final class Columns {

    private static final Set<String> REPLICATION = Set.of(
            "pid",
            "usesysid",
            "usename",
            "application_name",
            "client_addr",
            "client_hostname",
            "client_port",
            "backend_start",
            "backend_xmin",
            "state");
    private static final Set<String> ONLY_REPLICATION = Set.of(
            "sent_lsn",
            "write_lsn",
            "flush_lsn",
            "replay_lsn",
            "sent_location",
            "write_location",
            "flush_location",
            "replay_location",
            "write_lag",
            "flush_lag",
            "replay_lag",
            "sync_priority",
            "sync_state",
            "reply_time");
    private static final Set<String> RECEIVER = Set.of("pid", "status", "slot_name", "conninfo");
    private static final Set<String> ONLY_RECEIVER = Set.of(
            "receive_start_lsn",
            "receive_start_tli",
            "written_lsn",
            "flushed_lsn",
            "received_lsn",
            "received_tli",
            "last_msg_send_time",
            "last_msg_receipt_time",
            "latest_end_lsn",
            "latest_end_time",
            "sender_host",
            "sender_port");

    private Columns() {}

    /** {@code New Leader} as {@code new_leader}. */
    static String name(String header) {
        return header.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_|_$", "");
    }

    /** Names of all columns; patronictl 4.1 prints two that are called {@code Lag}, each behind its position. */
    static List<String> names(List<String> header) {
        List<String> names = new ArrayList<>();
        for (String cell : header) {
            String name = name(cell);
            String before = names.isEmpty() ? "" : names.get(names.size() - 1);
            boolean ofPosition = name.equals("lag") && before.endsWith("_lsn");
            names.add(ofPosition ? before.replace("_lsn", "_lag") : name);
        }
        return names;
    }

    /** What a table with these columns is; empty if none that is known. */
    static Optional<StateKind> kind(Collection<String> names) {
        if (names.contains("member") && names.contains("role") && (names.contains("state") || names.contains("host"))) {
            return Optional.of(StateKind.PATRONICTL_LIST);
        }
        if (names.contains("tl") && names.contains("lsn") && names.contains("reason")) {
            return Optional.of(StateKind.PATRONICTL_HISTORY);
        }
        if (names.contains("endpoint")) {
            return endpoint(names);
        }
        if (names.contains("peer_addrs")) {
            return Optional.of(StateKind.ETCD_MEMBERS);
        }
        if (names.size() == 1 && names.contains("pg_is_in_recovery")) {
            return Optional.of(StateKind.PG_IS_IN_RECOVERY);
        }
        return isOf(names, REPLICATION, ONLY_REPLICATION)
                ? Optional.of(StateKind.PG_STAT_REPLICATION)
                : isOf(names, RECEIVER, ONLY_RECEIVER) ? Optional.of(StateKind.PG_STAT_WAL_RECEIVER) : Optional.empty();
    }

    private static Optional<StateKind> endpoint(Collection<String> names) {
        return names.contains("raft_term")
                ? Optional.of(StateKind.ETCD_ENDPOINT_STATUS)
                : names.contains("health") && names.contains("took")
                        ? Optional.of(StateKind.ETCD_ENDPOINT_HEALTH)
                        : Optional.empty();
    }

    /** A selection has at least two of a view's columns, and one that no other view has. */
    private static boolean isOf(Collection<String> names, Set<String> shared, Set<String> own) {
        long ofOwn = names.stream().filter(own::contains).count();
        long ofShared = names.stream().filter(shared::contains).count();
        return ofOwn > 0 && ofOwn + ofShared > 1;
    }
}
