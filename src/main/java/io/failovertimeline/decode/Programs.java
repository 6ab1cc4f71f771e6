package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.Writer;

/** Which component logs under a name. What a message says is surer: PostgreSQL's words come under Patroni's name too. */
final class Programs {

    private Programs() {}

    /** By syslog identifier, or, where that says nothing, by systemd unit. */
    static Component component(Writer writer) {
        Component byProgram = writer.program().map(Programs::named).orElse(Component.OTHER);
        return byProgram == Component.OTHER ? writer.unit().map(Programs::named).orElse(Component.OTHER) : byProgram;
    }

    static Component named(String name) {
        String bare = name.substring(name.lastIndexOf('/') + 1);
        if (bare.contains("exporter")) {
            return Component.OTHER;
        }
        if (bare.startsWith("pg_autoctl")) {
            return Component.PG_AUTO_FAILOVER;
        }
        return switch (prefix(bare)) {
            case "patroni" -> Component.PATRONI;
            case "postgres", "postgresql", "postmaster" -> Component.POSTGRESQL;
            case "etcd" -> Component.ETCD;
            case "haproxy" -> Component.HAPROXY;
            case "pgbouncer" -> Component.PGBOUNCER;
            case "Keepalived", "keepalived" -> Component.KEEPALIVED;
            case "repmgr", "repmgrd" -> Component.REPMGR;
            case "pgautofailover" -> Component.PG_AUTO_FAILOVER;
            case "systemd", "init", "chronyd", "ntpd", "ntpdate" -> Component.SYSTEMD;
            case "kernel" -> Component.KERNEL;
            case "sudo" -> Component.OPERATOR;
            default -> Component.OTHER;
        };
    }

    /** {@code patroni} of {@code patroni@main.service}, {@code Keepalived} of {@code Keepalived_vrrp}. */
    private static String prefix(String name) {
        int end = 0;
        while (end < name.length() && Cursor.isLetter(name.charAt(end))) {
            end++;
        }
        return name.substring(0, end);
    }
}
