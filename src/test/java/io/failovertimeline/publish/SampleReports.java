package io.failovertimeline.publish;

import io.failovertimeline.model.AlternativeCause;
import io.failovertimeline.model.AlternativeCause.Verdict;
import io.failovertimeline.model.Cause;
import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.CauseDetail;
import io.failovertimeline.model.ClientImpact;
import io.failovertimeline.model.ClientOutage;
import io.failovertimeline.model.ClockCorrection;
import io.failovertimeline.model.ClockOffset;
import io.failovertimeline.model.Coverage;
import io.failovertimeline.model.Danger;
import io.failovertimeline.model.DualLeaders;
import io.failovertimeline.model.ErrorKind;
import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentBuilder;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.InputSummary;
import io.failovertimeline.model.LineCounts;
import io.failovertimeline.model.Mark;
import io.failovertimeline.model.NearMiss;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Phase;
import io.failovertimeline.model.PhaseName;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Problem;
import io.failovertimeline.model.Refusal;
import io.failovertimeline.model.Report;
import io.failovertimeline.model.SentIn;
import io.failovertimeline.model.Step;
import io.failovertimeline.model.WindowKind;
import io.failovertimeline.model.ZoneFinding;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reports as runs over real captures would give them, written down by hand. */
final class SampleReports {

    private SampleReports() {}

    /** A write-up of a power-off: no load results, no log of the old leader, no word when writes were accepted. */
    static Report failoverInAWriteUp() {
        Incident failover = incident(IncidentKind.FAILOVER, "default", "2023-12-10T13:19:53.392Z")
                .leaders(Optional.of("db2"), Optional.of("db1"))
                .cause(new Cause(
                        CauseCode.HOST_DOWN,
                        Optional.of(CauseDetail.HOST_SHUT_DOWN),
                        0.9,
                        "The host of db2 was powered off by an operator while db2 was the leader; its REST API reset the connection.",
                        List.of(0),
                        List.of(
                                new AlternativeCause(
                                        CauseCode.NETWORK_PARTITION,
                                        Verdict.LESS_LIKELY,
                                        "possible: no line shows that db2 reached the others",
                                        List.of()),
                                new AlternativeCause(
                                        CauseCode.DCS_UNREACHABLE,
                                        Verdict.EXCLUDED,
                                        "the DCS was there: another member used it meanwhile",
                                        List.of(1)))))
                .dangers(List.of(new Danger(
                        Danger.Code.FLAPPING,
                        "The leader changed 3 times within 85 s without anybody asking for it.",
                        List.of(0))))
                .databaseReady(Optional.empty(), instant("2023-12-10T13:19:55.803Z"))
                .phases(List.of(
                        phase(
                                PhaseName.DETECTION,
                                PhaseName.ELECTION,
                                "2023-12-10T13:19:53.392Z",
                                "2023-12-10T13:19:54.575Z",
                                false),
                        phase(
                                PhaseName.PROMOTION,
                                PhaseName.PROMOTION,
                                "2023-12-10T13:19:54.575Z",
                                "2023-12-10T13:19:55.803Z",
                                true)))
                .over(true)
                .story(
                        List.of(
                                step(
                                        "2023-12-10T13:19:53.392Z",
                                        EventKind.LEADER_UNREACHABLE,
                                        "db1",
                                        "Request failed to db2: GET http://10.0.10.3:8008/patroni (HTTPConnectionPool(host='10.0.10.3', port=8008): Max retries exceeded",
                                        "labs/write-up/README.md",
                                        57),
                                step(
                                        "2023-12-10T13:19:53.445Z",
                                        EventKind.WATCHDOG,
                                        "db1",
                                        "Software Watchdog activated with 25 second timeout, timing slack 15 seconds",
                                        "labs/write-up/README.md",
                                        59),
                                new Step(
                                        Instant.parse("2023-12-10T13:19:54Z"),
                                        Precision.SECONDS,
                                        EventKind.PROMOTION_STARTED,
                                        Optional.of("db1"),
                                        "server promoting",
                                        Origin.line("labs/write-up/README.md", 64)),
                                step(
                                        "2023-12-10T13:19:54.575Z",
                                        EventKind.LOCK_ACQUIRED,
                                        "db1",
                                        "promoted self to leader by acquiring session lock",
                                        "labs/write-up/README.md",
                                        62),
                                step(
                                        "2023-12-10T13:19:55.803Z",
                                        EventKind.HEARTBEAT,
                                        "db1",
                                        "no action. I am (db1), the leader with the lock",
                                        "labs/write-up/README.md",
                                        69)),
                        List.of(new Mark(
                                "default",
                                EventKind.FAULT_SIGNAL,
                                Optional.of("db2"),
                                "operator.poweroff",
                                "mcuser@db2:~$ sudo poweroff",
                                Origin.line("labs/write-up/README.md", 22))))
                .build();
        return new Report(
                findings(failover),
                List.of(new ZoneFinding(
                        Optional.empty(),
                        ZoneOffset.ofHours(3),
                        ZoneFinding.Basis.PAIRED,
                        Optional.of(Origin.line("labs/write-up/README.md", 10)))),
                List.of(new Coverage(
                        "db1", Instant.parse("2023-12-10T13:19:46Z"), Instant.parse("2023-12-10T13:19:55.803Z"))),
                List.of(),
                List.of(new InputSummary(
                        "labs/write-up/README.md",
                        "journald-short",
                        InputSummary.Content.LOGS,
                        new LineCounts(24, 0, 0, 48, 0))),
                List.of());
    }

    /** A planned switchover with everything there is to know, and a stray failure beside it. */
    static Report switchoverWithClients() {
        Incident switchover = incident(IncidentKind.SWITCHOVER, "batman", "2026-11-22T18:15:55.793Z")
                .leaders(Optional.of("db1"), Optional.of("db2"))
                .timelines(Optional.of(1), Optional.of(2))
                .cause(new Cause(
                        CauseCode.OPERATOR_REQUEST,
                        1.0,
                        "An operator asked Patroni to switch over from db1 to db2.",
                        List.of(0)))
                .lock(
                        Optional.of(new Incident.LeaderLost(Instant.parse("2026-11-22T18:15:57.307Z"), false)),
                        instant("2026-11-22T18:15:57.352Z"))
                .databaseReady(instant("2026-11-22T18:15:57.512Z"), Optional.empty())
                .rejoinedAt(instant("2026-11-22T18:17:59.600Z"))
                .phases(List.of(
                        phase(PhaseName.DETECTION, "2026-11-22T18:15:55.793Z", "2026-11-22T18:15:57.307Z"),
                        phase(PhaseName.ELECTION, "2026-11-22T18:15:57.307Z", "2026-11-22T18:15:57.352Z"),
                        phase(PhaseName.PROMOTION, "2026-11-22T18:15:57.352Z", "2026-11-22T18:15:57.512Z"),
                        phase(PhaseName.RECOVERY, "2026-11-22T18:15:57.512Z", "2026-11-22T18:16:00.902Z"),
                        phase(PhaseName.REJOIN, "2026-11-22T18:16:00.902Z", "2026-11-22T18:17:59.600Z")))
                .over(true)
                .dualLeaders(List.of(new DualLeaders(
                        List.of("db1", "db2"),
                        Instant.parse("2026-11-22T18:15:57.307Z"),
                        Instant.parse("2026-11-22T18:15:57.307Z"),
                        DualLeaders.Verdict.EXCLUDED,
                        List.of())))
                .refusals(List.of(new Refusal(
                        "db3",
                        Instant.parse("2026-11-22T18:15:57.330Z"),
                        "LAG",
                        Origin.line("labs/planned-switchover/patroni/db3.patroni.log", 41))))
                .clientImpact(List.of(
                        impact("GET /Forecast/{id}", 6, 110, Duration.ofMillis(2200)),
                        impact("POST /Forecast", 11, 42, Duration.ofMillis(4870))))
                .story(
                        List.of(
                                step(
                                        "2026-11-22T18:15:55.793Z",
                                        EventKind.SWITCHOVER_REQUESTED,
                                        "db1",
                                        "received switchover request with leader=db1 candidate=db2 scheduled_at=None",
                                        "labs/planned-switchover/patroni/db1.patroni.log",
                                        38),
                                step(
                                        "2026-11-22T18:15:57.307Z",
                                        EventKind.LOCK_RELEASED,
                                        "db1",
                                        "Leader key released",
                                        "labs/planned-switchover/patroni/db1.patroni.log",
                                        43),
                                step(
                                        "2026-11-22T18:15:57.457Z",
                                        EventKind.PROMOTED,
                                        "db2",
                                        "selected new timeline ID: 2",
                                        "labs/planned-switchover/postgresql/db2.postgresql-15-main.log",
                                        19)),
                        List.of())
                .build();
        ErrorWindow stray = new ErrorWindow(
                WindowKind.ISOLATED,
                "batman",
                "vegeta",
                "GET /Cities",
                Instant.parse("2026-11-22T18:15:40Z"),
                Instant.parse("2026-11-22T18:15:40Z"),
                Precision.NANOS,
                Optional.of(Instant.parse("2026-11-22T18:15:40.100Z")),
                1,
                1,
                Duration.ofMillis(20),
                new TreeMap<>(Map.of("HTTP 500", 1L)));
        return new Report(
                new Findings(
                        List.of(switchover),
                        List.of(stray),
                        List.of(""),
                        List.of(new NearMiss(
                                "batman",
                                "db2",
                                Instant.parse("2026-11-22T18:16:30.004Z"),
                                "LOOP_TIME_EXCEEDED",
                                "A round of Patroni on db2 took longer than loop_wait.",
                                Origin.line("labs/planned-switchover/patroni/db2.patroni.log", 61))),
                        List.of(),
                        List.of()),
                List.of(new ZoneFinding(Optional.empty(), ZoneOffset.UTC, ZoneFinding.Basis.ASSUMED, Optional.empty())),
                List.of(
                        new Coverage(
                                "db1",
                                Instant.parse("2026-11-22T18:15:24.979Z"),
                                Instant.parse("2026-11-22T18:16:43.764Z")),
                        new Coverage(
                                "db2",
                                Instant.parse("2026-11-22T18:15:26.003Z"),
                                Instant.parse("2026-11-22T18:16:43.770Z"))),
                List.of(),
                List.of(
                        new InputSummary(
                                "labs/planned-switchover/load/vegeta.json",
                                "vegeta-json",
                                InputSummary.Content.LOAD_RESULTS,
                                new LineCounts(1002, 0, 0, 0, 1)),
                        new InputSummary(
                                "labs/planned-switchover/patroni/db1.patroni.log",
                                "patroni",
                                InputSummary.Content.LOGS,
                                new LineCounts(47, 0, 0, 41, 0)),
                        new InputSummary(
                                "labs/planned-switchover/patroni/db2.patroni.log",
                                "patroni",
                                InputSummary.Content.LOGS,
                                new LineCounts(39, 0, 0, 22, 0)),
                        new InputSummary(
                                "labs/planned-switchover/postgresql/db2.postgresql-15-main.log",
                                "postgresql",
                                InputSummary.Content.LOGS,
                                new LineCounts(11, 0, 0, 29, 0))),
                List.of(new Problem(
                        "labs/planned-switchover/load/vegeta.json:1003",
                        "the JSON object is not closed",
                        "the file may have been copied while it was written")));
    }

    /** A leader is gone, nobody took over, clients still fail where the input ends. */
    static Report openIncident() {
        Incident leaderless = incident(IncidentKind.LEADERLESS, "orders", "2024-03-31T00:59:30Z")
                .leaders(Optional.of("pg-a"), Optional.empty())
                .lock(
                        Optional.of(new Incident.LeaderLost(Instant.parse("2024-03-31T00:59:50Z"), true)),
                        Optional.empty())
                .phases(List.of(phase(PhaseName.DETECTION, "2024-03-31T00:59:30Z", "2024-03-31T00:59:50Z")))
                .clientImpact(List.of(new ClientImpact(
                        "k6",
                        "GET /orders",
                        Instant.parse("2024-03-31T00:59:31Z"),
                        Instant.parse("2024-03-31T01:10:05Z"),
                        Optional.empty(),
                        640,
                        640,
                        Duration.ofSeconds(634))))
                .clientOutages(List.of(
                        new ClientOutage(
                                "k6", Optional.of("GET /orders"), Duration.ofSeconds(634), Duration.ZERO, false),
                        new ClientOutage(
                                "k6", Optional.empty(), Duration.ofSeconds(634), Duration.ofSeconds(3), false)))
                .recoveryTarget(Optional.of(Duration.ofMinutes(1)))
                .story(
                        List.of(step(
                                "2024-03-31T00:59:50.120Z",
                                EventKind.LEADER_RACE,
                                "pg-b",
                                "My wal position exceeds maximum replication lag\u001b[2J\tand more",
                                "pg-b.log",
                                7)),
                        List.of())
                .refusals(List.of(new Refusal(
                        "pg-b", Instant.parse("2024-03-31T00:59:50.120Z"), "LAG", Origin.line("pg-b.log", 7))))
                .build();
        return new Report(
                findings(leaderless),
                List.of(new ZoneFinding(
                        Optional.of("pg-b"),
                        ZoneOffset.ofHours(1),
                        ZoneFinding.Basis.ABBREVIATION,
                        Optional.of(Origin.line("pg-b.log", 1)))),
                List.of(),
                List.of(),
                List.of(
                        new InputSummary(
                                "pg-b.log", "patroni", InputSummary.Content.LOGS, new LineCounts(9, 0, 0, 3, 0)),
                        new InputSummary(
                                "k6.csv",
                                "k6-csv",
                                InputSummary.Content.LOAD_RESULTS,
                                new LineCounts(5760, 0, 0, 1, 0))),
                List.of());
    }

    /** A quiet quarter of an hour. */
    static Report nothing() {
        return new Report(
                findings(),
                List.of(new ZoneFinding(
                        Optional.empty(), ZoneOffset.ofHours(-5), ZoneFinding.Basis.GIVEN, Optional.empty())),
                List.of(
                        new Coverage(
                                "db1", Instant.parse("2026-01-05T04:50:00Z"), Instant.parse("2026-01-05T05:05:00Z")),
                        new Coverage(
                                "db2", Instant.parse("2026-01-05T04:50:02Z"), Instant.parse("2026-01-05T05:04:58Z"))),
                List.of(),
                List.of(
                        new InputSummary(
                                "night/db1.log",
                                "journald-short",
                                InputSummary.Content.LOGS,
                                new LineCounts(180, 0, 0, 0, 0)),
                        new InputSummary(
                                "night/db2.log",
                                "journald-short",
                                InputSummary.Content.LOGS,
                                new LineCounts(90, 0, 0, 0, 0))),
                List.of());
    }

    /** Files that have nothing to do with Patroni. */
    static Report nothingRecognized() {
        return new Report(
                findings(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new InputSummary(
                        "holiday.txt", "text", InputSummary.Content.LOGS, new LineCounts(0, 0, 0, 40, 0))),
                List.of());
    }

    /** One of two hosts has a clock that is off, and its line is told at the corrected time. */
    static Report clockThatIsOff() {
        Step asWritten = step(
                "2026-11-22T18:15:56.145Z",
                EventKind.FAULT_SIGNAL,
                "db1",
                "LOG:  received fast shutdown request",
                "db1.log",
                16);
        Step corrected = new Step(
                asWritten.at().minusMillis(-2_965),
                asWritten.precision(),
                asWritten.type(),
                asWritten.member(),
                asWritten.text(),
                asWritten.origin(),
                Optional.of(new ClockCorrection(asWritten.at(), Duration.ofMillis(969))));
        Incident failover = incident(IncidentKind.FAILOVER, "batman", "2026-11-22T18:15:59.110Z")
                .leaders(Optional.of("db1"), Optional.of("db2"))
                .story(List.of(corrected), List.of())
                .build();
        ClockOffset offset = new ClockOffset(
                "batman", "db1", Duration.ofMillis(-2_965), Duration.ofMillis(-3_053), Duration.ofMillis(-1_996));
        return new Report(
                new Findings(List.of(failover), List.of(), List.of(), List.of(), List.of(offset), List.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static IncidentBuilder incident(IncidentKind kind, String cluster, String startedAt) {
        return new IncidentBuilder("incident-1", cluster, kind, Instant.parse(startedAt));
    }

    private static Optional<Instant> instant(String at) {
        return Optional.of(Instant.parse(at));
    }

    private static Phase phase(PhaseName name, String from, String to) {
        return phase(name, name, from, to, false);
    }

    private static Phase phase(PhaseName name, PhaseName through, String from, String to, boolean upperBound) {
        return new Phase(name, through, Instant.parse(from), Instant.parse(to), upperBound);
    }

    private static Step step(String at, EventKind type, String member, String text, String path, long line) {
        return new Step(Instant.parse(at), Precision.MILLIS, type, Optional.of(member), text, Origin.line(path, line));
    }

    private static Findings findings(Incident... incidents) {
        return new Findings(List.of(incidents), List.of(), List.of(), Collections.emptyList(), List.of(), List.of());
    }

    private static ClientImpact impact(String endpoint, long failed, long requests, Duration outage) {
        Instant first = Instant.parse("2026-11-22T18:15:56.032Z");
        return new ClientImpact(
                "vegeta",
                endpoint,
                first,
                first.plus(outage).minusMillis(85),
                Optional.of(first.plus(outage)),
                requests,
                failed,
                outage,
                new TreeMap<>(Map.of(ErrorKind.REFUSED, failed)),
                new TreeMap<>(Map.of(SentIn.DETECTION, failed)),
                Optional.of(first.plus(outage)),
                Duration.ofMillis(2_040));
    }
}
