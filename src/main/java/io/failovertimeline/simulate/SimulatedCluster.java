package io.failovertimeline.simulate;

import io.failovertimeline.decode.load.RequestJson;
import io.failovertimeline.ingest.IngestRecord;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.RequestResult;
import io.failovertimeline.stream.RecordHints;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * A Patroni cluster of three members on hosts of the same names. In a failover the leader's host falls silent; when its key has
 * expired the next member takes over, and later the old leader comes back as a replica.
 */
final class SimulatedCluster {

    static final int MEMBERS = 3;

    /** What the line of a promotion says. */
    static final String PROMOTED = "promoted self to leader by acquiring session lock";

    private static final Duration TTL = Duration.ofSeconds(30);
    private static final Duration SERVED_AFTER = Duration.ofSeconds(2);
    private static final Duration BACK_AFTER = Duration.ofSeconds(25);
    private static final Duration SETTLED_AFTER = Duration.ofMinutes(5);

    private static final DateTimeFormatter PATRONI =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss,SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter POSTGRES = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter JOURNAL = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** What else runs on such hosts; {@code %d} is a number that differs from line to line. */
    private static final String[] OTHERS = {
        "sshd[%d]: Accepted publickey for deploy from 10.0.0.7 port 50122 ssh2: ED25519 SHA256:0Zq",
        "CRON[%d]: (root) CMD (command -v debian-sa1 > /dev/null && debian-sa1 1 1)",
        "systemd[1]: Started session-%d.scope - Session of User deploy.",
        "kubelet[%d]: I0107 11:12:13.456789 operationExecutor.VerifyControllerAttachedVolume started for volume",
        "node_exporter[%d]: ts=2026-01-07T11:12:13.456Z level=info msg=\"scrape done\" collector=diskstats",
    };

    private final String name;
    private final Fleet fleet;
    private int leader;
    private int absent = -1;
    private int timeline = 1;
    private boolean isServed = true;
    private boolean isSettled = true;

    SimulatedCluster(String name, Fleet fleet) {
        this.name = name;
        this.fleet = fleet;
    }

    /** Whether its last failover is long over. */
    boolean isSettled() {
        return isSettled;
    }

    void heartbeat(int member, Instant at, int noise) {
        if (member == absent) {
            return;
        }
        String said = member == leader
                ? "no action. I am (" + host(member) + "), the leader with the lock"
                : "no action. I am (" + host(member) + "), a secondary, and following a leader (" + host(leader) + ")";
        patroni(member, at, said);
        for (int line = 0; line < noise; line++) {
            String other = String.format(Locale.ROOT, OTHERS[fleet.chance(OTHERS.length)], 1000 + fleet.chance(30_000));
            log(IngestRecord.Input.JOURNALD_LOGS, member, at, JOURNAL.format(at) + " " + host(member) + " " + other);
        }
    }

    void request(Instant at) {
        RequestResult result = new RequestResult(
                "k6",
                "GET /Cities",
                at,
                Precision.MILLIS,
                Duration.ofMillis(isServed ? 5L + fleet.chance(20) : 3000),
                !isServed,
                isServed ? "" : "HTTP 503");
        RecordHints hints = new RecordHints(
                Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        fleet.write(new IngestRecord(
                IngestRecord.Input.LOAD_RESULTS,
                RequestJson.write(result),
                hints,
                Optional.of(at),
                Origin.line(name, 1)));
    }

    void failOver(Instant begin) {
        int old = leader;
        int next = (old + 1) % MEMBERS;
        absent = old;
        isServed = false;
        isSettled = false;
        fleet.in(TTL, begin, at -> promote(next, old, at));
        fleet.in(TTL.plus(SERVED_AFTER), begin, at -> isServed = true);
        fleet.in(TTL.plus(BACK_AFTER), begin, at -> comeBack(old, at));
        fleet.in(SETTLED_AFTER, begin, at -> isSettled = true);
    }

    private void promote(int next, int old, Instant at) {
        leader = next;
        timeline++;
        patroni(
                next,
                at,
                "Request failed to " + host(old) + ": GET http://10.0.10.3:8008/patroni (HTTPConnectionPool("
                        + "host='10.0.10.3', port=8008): Max retries exceeded with url: /patroni (Caused by ConnectTimeoutError"
                        + "('timed out')))");
        patroni(next, at.plusMillis(40), PROMOTED);
        postgres(next, at.plusMillis(60), "received promote request");
        postgres(next, at.plusMillis(160), "selected new timeline ID: " + timeline);
        postgres(next, at.plusMillis(240), "archive recovery complete");
        postgres(next, at.plusMillis(260), "database system is ready to accept connections");
    }

    private void comeBack(int old, Instant at) {
        absent = -1;
        postgres(old, at, "started streaming WAL from primary at 0/3000000 on timeline " + timeline);
    }

    private void patroni(int member, Instant at, String said) {
        log(IngestRecord.Input.PATRONI_LOGS, member, at, PATRONI.format(at) + " INFO: " + said);
    }

    private void postgres(int member, Instant at, String said) {
        log(IngestRecord.Input.PATRONI_LOGS, member, at, POSTGRES.format(at) + " [626] LOG:  " + said);
    }

    private void log(IngestRecord.Input input, int member, Instant at, String line) {
        RecordHints hints = new RecordHints(
                Optional.of(name),
                Optional.of(host(member)),
                Optional.of(ZoneOffset.UTC),
                Optional.empty(),
                Optional.of(host(member) + ".log"));
        fleet.write(new IngestRecord(
                input, line.getBytes(StandardCharsets.UTF_8), hints, Optional.of(at), Origin.line(name, 1)));
    }

    private String host(int member) {
        return name + "-db" + (member + 1);
    }
}
