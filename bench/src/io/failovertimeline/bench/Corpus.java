package io.failovertimeline.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Random;

/**
 * Writes the merged journal of a fleet, the same for the same seed and size: 200 hosts, among them 20 Patroni clusters of three
 * members. Of the lines 30 % are Patroni's heartbeats and 0.05 % tell of failovers; the rest is what else runs on such hosts.
 *
 * <pre>{@code java Corpus.java short|json MEGABYTES FILE [SEED]}</pre>
 */
public final class Corpus {

    private static final int CLUSTERS = 20;
    private static final int MEMBERS = 3;
    private static final int NODES = CLUSTERS * MEMBERS;
    private static final int HOSTS = 200;
    private static final int LOOP_WAIT = 10;
    /** Of ten thousand lines: heartbeats, and lines of failovers. */
    private static final int HEARTBEATS = 3000;

    private static final int FAILOVERS = 5;
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    private static final long BEGIN =
            LocalDateTime.of(2026, 11, 12, 0, 0).toEpochSecond(ZoneOffset.UTC);

    /** What a member of the cluster that fails over writes, line by line; {@code %s} are the old leader and the new one. */
    private static final String[] FAILOVER = {
        "patroni INFO: Lock owner: None; I am %2$s",
        "patroni WARNING: Request failed to %1$s: GET http://10.0.10.3:8008/patroni (HTTPConnectionPool(host='10.0.10.3',"
                + " port=8008): Max retries exceeded with url: /patroni (Caused by ConnectTimeoutError('timed out')))",
        "patroni INFO: promoted self to leader by acquiring session lock",
        "postgres LOG:  received promote request",
        "postgres LOG:  redo done at 0/3480530 system usage: CPU: user: 0.00 s, system: 0.01 s, elapsed: 31.40 s",
        "postgres LOG:  selected new timeline ID: 2",
        "postgres LOG:  archive recovery complete",
        "postgres LOG:  database system is ready to accept connections",
        "patroni INFO: updated leader lock during promote",
        "patroni INFO: Lock owner: %2$s; I am %2$s",
    };

    private final boolean json;
    private final Random random;
    private final OutputStream out;
    private final StringBuilder text = new StringBuilder(1 << 16);
    private final int[] leaders = new int[CLUSTERS];
    private long written;
    private long second = BEGIN;
    private LocalDateTime now = LocalDateTime.ofEpochSecond(BEGIN, 0, ZoneOffset.UTC);
    private int failoverLine;
    private int failingCluster;

    private Corpus(boolean json, long seed, OutputStream out) {
        this.json = json;
        this.random = new Random(seed);
        this.out = out;
    }

    /** See the class. */
    public static void main(String[] arguments) throws IOException {
        long bytes = Long.parseLong(arguments[1]) * 1_000_000;
        long seed = arguments.length > 3 ? Long.parseLong(arguments[3]) : 7;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[2])), 1 << 20)) {
            new Corpus(arguments[0].equals("json"), seed, out).write(bytes);
        }
    }

    /** The same, in memory. */
    public static byte[] of(boolean json, int bytes) throws IOException {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream(bytes + (1 << 16));
        new Corpus(json, 7, out).write(bytes);
        return out.toByteArray();
    }

    private void write(long bytes) throws IOException {
        while (written < bytes) {
            second();
            byte[] encoded = text.toString().getBytes(StandardCharsets.UTF_8);
            out.write(encoded);
            written += encoded.length;
            text.setLength(0);
            second++;
            now = now.plusSeconds(1);
        }
    }

    /** All lines of one second: the heartbeats due in it, and so many others that the shares come out right. */
    private void second() {
        int heartbeats = 0;
        for (int node = 0; node < NODES; node++) {
            if (second % LOOP_WAIT == node % LOOP_WAIT) {
                heartbeat(node);
                heartbeats++;
                others(heartbeats);
            }
        }
    }

    private void others(int seed) {
        // of each heartbeat's 10000 / 3000 lines, one is the heartbeat itself
        int count = random.nextInt(HEARTBEATS) < (10_000 - HEARTBEATS) % HEARTBEATS ? 3 : 2;
        for (int n = 0; n < count; n++) {
            if (random.nextInt(10_000 - HEARTBEATS) < FAILOVERS) {
                failover();
            } else {
                other(seed);
            }
        }
    }

    private void heartbeat(int node) {
        int cluster = node / MEMBERS;
        int leader = leaders[cluster];
        String name = member(cluster, node % MEMBERS);
        String message = node % MEMBERS == leader
                ? "no action. I am (" + name + "), the leader with the lock"
                : "no action. I am (" + name + "), a secondary, and following a leader (" + member(cluster, leader) + ")";
        patroni(node, "INFO: " + message);
    }

    private void failover() {
        if (failoverLine == 0) {
            failingCluster = random.nextInt(CLUSTERS);
        }
        int old = leaders[failingCluster];
        int next = (old + 1) % MEMBERS;
        String line = String.format(
                Locale.ROOT, FAILOVER[failoverLine], member(failingCluster, old), member(failingCluster, next));
        int node = failingCluster * MEMBERS + next;
        String words = line.substring(line.indexOf(' ') + 1);
        if (line.startsWith("patroni")) {
            patroni(node, words);
        } else {
            postgres(node, words);
        }
        failoverLine = (failoverLine + 1) % FAILOVER.length;
        if (failoverLine == 0) {
            leaders[failingCluster] = next;
        }
    }

    private void patroni(int node, String words) {
        line(nodeName(node), "patroni", "patroni.service", 600 + node, ownTime(',') + " " + words);
    }

    private void postgres(int node, String words) {
        int pid = 2000 + random.nextInt(30_000);
        line(nodeName(node), "postgres", "patroni.service", pid, ownTime('.') + " UTC [" + pid + "] " + words);
    }

    private void other(int seed) {
        String host = "node" + (100 + random.nextInt(HOSTS - NODES));
        int node = random.nextInt(NODES);
        int pid = 1000 + random.nextInt(60_000);
        switch (random.nextInt(100)) {
            case 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 -> line(host, "sshd", "ssh.service", pid, sshd());
            case 10, 11, 12, 13, 14, 15, 16, 17 -> line(
                    host,
                    "CRON",
                    "cron.service",
                    pid,
                    "(root) CMD (   cd / && run-parts --report /etc/cron.hourly # " + random.nextInt(1_000_000) + ")");
            case 18, 19, 20, 21 -> line(
                    host,
                    "CRON",
                    "cron.service",
                    pid,
                    "pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)");
            case 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44 -> line(
                    host, "kubelet", "kubelet.service", 1290, kubelet());
            case 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56 -> line(
                    host, "dockerd", "docker.service", 988, dockerd());
            case 57, 58, 59, 60, 61, 62, 63, 64 -> line(host, "containerd", "containerd.service", 901, dockerd());
            case 65, 66, 67, 68, 69, 70, 71, 72 -> line(
                    host,
                    "kernel",
                    "",
                    0,
                    "[" + (second - BEGIN + 90_000) + "." + (100_000 + random.nextInt(900_000)) + "] IPv4: martian source"
                            + " 10.2." + random.nextInt(256) + "." + random.nextInt(256) + " from 10.0.0.1, on dev eth0");
            case 73, 74, 75, 76, 77, 78, 79, 80 -> line(
                    host,
                    "node_exporter",
                    "node_exporter.service",
                    777,
                    "ts=" + now + "." + random.nextInt(1000) + "Z caller=collector.go:169 level=error msg=\"collector failed\""
                            + " name=textfile duration_seconds=0.00" + random.nextInt(100_000) + " err=\"no data\"");
            case 81, 82, 83, 84 -> line(
                    host,
                    "systemd",
                    "init.scope",
                    1,
                    "Started session-" + random.nextInt(1_000_000) + ".scope - Session " + seed + " of User deploy.");
            case 85, 86 -> line(host, "systemd", "init.scope", 1, "sysstat-collect.service: Deactivated successfully.");
            case 87, 88, 89 -> line(host, "chronyd", "chrony.service", 650, "Selected source 10.0.0."
                    + random.nextInt(255) + " (ntp" + random.nextInt(9) + ".example.org)");
            case 90, 91, 92, 93 -> postgres(node, "LOG:  checkpoint complete: wrote " + random.nextInt(10_000)
                    + " buffers (0.5%); 0 WAL file(s) added, 0 removed, 1 recycled; write=26.9 s, sync=0.004 s");
            case 94, 95 -> postgres(node, "LOG:  duration: " + random.nextInt(9000) + ".311 ms  statement: SELECT city, max(t)"
                    + " FROM weather WHERE day = $1 GROUP BY city");
            case 96, 97 -> line(host, "haproxy", "haproxy.service", 512, "10.44.7." + random.nextInt(255)
                    + ":40112 [" + accepted() + "] web app/app1 0/0/1/12/13 200 512 - - ---- 1/1/0/0/0 0/0 \"GET"
                    + " /cities/" + random.nextInt(10_000) + " HTTP/1.1\"");
            default -> line(host, "rsyslogd", "rsyslog.service", 433, "action 'action-8-builtin:omfwd' resumed (module"
                    + " 'builtin:omfwd') [v8.2302.0 try https://www.rsyslog.com/e/" + random.nextInt(3000) + " ]");
        }
    }

    private String sshd() {
        String from = "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256) + " port "
                + (30_000 + random.nextInt(30_000));
        return random.nextBoolean()
                ? "Accepted publickey for deploy from " + from + " ssh2: ED25519 SHA256:" + Long.toString(random.nextLong() >>> 1, 36)
                : "Failed password for invalid user admin from " + from + " ssh2";
    }

    private String kubelet() {
        return String.join(
                "",
                "I",
                two(now.getMonthValue()),
                two(now.getDayOfMonth()),
                " ",
                clock(),
                ".",
                Integer.toString(100_000 + random.nextInt(900_000)),
                "    1290 kuberuntime_container.go:777] \"Killing container with a grace period\" pod=\"prod/api-",
                Integer.toString(random.nextInt(100_000), 36),
                "\" containerName=\"api\" gracePeriod=30");
    }

    private String accepted() {
        return String.format(
                "%02d/%s/%d:%s.%03d",
                now.getDayOfMonth(), MONTHS[now.getMonthValue() - 1], now.getYear(), clock(), random.nextInt(1000));
    }

    private String dockerd() {
        return "time=\"" + now + "." + random.nextInt(1_000_000_000) + "Z\" level=info msg=\"ignoring event\" container="
                + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong())
                + " module=libcontainerd namespace=moby topic=/tasks/delete";
    }

    private void line(String host, String program, String unit, int pid, String message) {
        if (json) {
            json(host, program, unit, pid, message);
            return;
        }
        text.append(MONTHS[now.getMonthValue() - 1])
                .append(now.getDayOfMonth() < 10 ? "  " : " ")
                .append(now.getDayOfMonth())
                .append(' ')
                .append(clock())
                .append(' ')
                .append(host)
                .append(' ')
                .append(program);
        if (pid > 0) {
            text.append('[').append(pid).append(']');
        }
        text.append(": ").append(message).append('\n');
    }

    /** The fields that journalctl writes of a service's line, in an order of their own. */
    private void json(String host, String program, String unit, int pid, String message) {
        long micros = second * 1_000_000 + random.nextInt(1_000_000);
        String boot = "d792b6a6e10a40b3b5737909e4f21697";
        text.append("{\"_BOOT_ID\":\"")
                .append(boot)
                .append("\",\"MESSAGE\":\"")
                .append(message.replace("\\", "\\\\").replace("\"", "\\\""))
                .append("\",\"PRIORITY\":\"6\",\"_TRANSPORT\":\"stdout\",\"SYSLOG_IDENTIFIER\":\"")
                .append(program)
                .append("\",\"_HOSTNAME\":\"")
                .append(host)
                .append("\",\"_PID\":\"")
                .append(pid)
                .append("\",\"SYSLOG_FACILITY\":\"3\",\"_CAP_EFFECTIVE\":\"0\",\"_UID\":\"0\",\"_GID\":\"0\",\"_EXE\":\"/usr/sbin/")
                .append(program)
                .append("\",\"_CMDLINE\":\"/usr/sbin/")
                .append(program)
                .append(" -c /etc/")
                .append(program)
                .append(".yml\",\"_STREAM_ID\":\"")
                .append(Long.toHexString(random.nextLong()))
                .append("\",\"__CURSOR\":\"s=514e805e453145f5b7607fa2a4fd7cf7;i=")
                .append(Long.toHexString(micros & 0xffffff))
                .append(";b=")
                .append(boot)
                .append(";m=c2e5f2db;t=")
                .append(Long.toHexString(micros))
                .append(";x=85129243d99bd1e6\",\"_SYSTEMD_SLICE\":\"system.slice\",\"_COMM\":\"")
                .append(program)
                .append("\",\"_SYSTEMD_CGROUP\":\"/system.slice/")
                .append(unit)
                .append("\",\"_SYSTEMD_UNIT\":\"")
                .append(unit.isEmpty() ? "-" : unit)
                .append("\",\"_MACHINE_ID\":\"4ec0549719a948e58eaa8ee7cccb1e31\",\"_RUNTIME_SCOPE\":\"system\",")
                .append("\"_SYSTEMD_INVOCATION_ID\":\"9ae78f4cb3394f36a8d9e3ace79dc37b\",\"__MONOTONIC_TIMESTAMP\":\"")
                .append(micros % 10_000_000_000L)
                .append("\",\"__REALTIME_TIMESTAMP\":\"")
                .append(micros)
                .append("\"}\n");
    }

    private String ownTime(char point) {
        int millis = random.nextInt(1000);
        return now.toLocalDate() + " " + clock() + point + (char) ('0' + millis / 100) + two(millis % 100);
    }

    private String clock() {
        return two(now.getHour()) + ":" + two(now.getMinute()) + ":" + two(now.getSecond());
    }

    private static String two(int number) {
        return (number < 10 ? "0" : "") + number;
    }

    private static String nodeName(int node) {
        return member(node / MEMBERS, node % MEMBERS);
    }

    private static String member(int cluster, int member) {
        return "pg" + (cluster < 10 ? "0" : "") + cluster + (char) ('a' + member);
    }
}
