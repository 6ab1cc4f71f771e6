package io.failovertimeline.correlate;

import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.CauseDetail;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.IncidentKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Why a member was disturbed while the leadership did not move. */
record DisturbanceReason(Chronicle chronicle, Disturbance disturbance) {

    Reason reason() {
        return switch (disturbance.kind()) {
            case DCS_OUTAGE -> unreachableDcs();
            case LEADERLESS -> onRequest().orElseGet(this::nobodyTookOver);
            case LEADER_RESTART -> leaderRestart();
            case REPLICA_LOSS -> replicaLoss();
            case DEGRADATION -> shortage();
            case FAILOVER, SWITCHOVER, CLIENT_ERRORS ->
                throw new IllegalStateException("no disturbance makes a " + disturbance.kind());
        };
    }

    private Reason unreachableDcs() {
        Optional<Entry> failsafe = Signs.ranOn(disturbance.entries());
        Optional<Entry> lost = first(entry -> entry.proves(EventKind.DCS_LOST));
        DcsReach reach = reach(lost.map(Entry::at).orElse(disturbance.startedAt()));
        Optional<Entry> peer = reach.lostByPeer();
        Optional<Entry> reached = peer.isPresent() ? Optional.empty() : reach.reachedByPeer();
        return new Reason(
                CauseCode.DCS_UNREACHABLE,
                peer.map(entry -> CauseDetail.DCS_DOWN).or(() -> reached.map(entry -> CauseDetail.CUT_OFF_FROM_DCS)),
                0.9,
                disturbance.member() + (peer.isPresent() ? " and its peers" : "") + " could not reach the DCS"
                        + (failsafe.isPresent()
                                ? "; " + disturbance.member() + OwnWords.RAN_ON
                                : " and nobody else took over."),
                Stream.of(lost, peer, reached, failsafe)
                        .flatMap(Optional::stream)
                        .toList());
    }

    private DcsReach reach(Instant from) {
        return new DcsReach(chronicle, disturbance.member(), from, disturbance.lastSeen());
    }

    /** What ran out, or was waited for. */
    private Reason shortage() {
        return first(Signs::ofExhaustion)
                .map(this::exhaustion)
                .orElseGet(() -> new Reason(
                        CauseCode.UNKNOWN,
                        Optional.of(CauseDetail.WAITS_FOR_STANDBY),
                        0,
                        "Commits on " + disturbance.member()
                                + " waited for a synchronous standby until their sessions gave up; why it did not answer is"
                                + " not told.",
                        disturbance.entries().subList(0, 1)));
    }

    private Reason exhaustion(Entry missed) {
        return because(
                CauseCode.RESOURCE_EXHAUSTION,
                whatRanOut(missed),
                0.85,
                "ran, but had no " + left(whatRanOut(missed)) + ".",
                missed);
    }

    private static CauseDetail whatRanOut(Entry missed) {
        if (Signs.ofFullDisk(missed)) {
            return CauseDetail.DISK_FULL;
        }
        return Signs.ofMemoryShortage(missed) ? CauseDetail.OUT_OF_MEMORY : CauseDetail.OUT_OF_CONNECTIONS;
    }

    private static String left(CauseDetail whatRanOut) {
        return switch (whatRanOut) {
            case DISK_FULL -> "room left on its disk";
            case OUT_OF_MEMORY -> "memory left";
            default -> "connection slot left for clients";
        };
    }

    /** A request is followed in the round in which it comes. */
    private Optional<Reason> onRequest() {
        return chronicle
                .between(disturbance.startedAt().minus(Runs.LONGEST_PAUSE), disturbance.lastSeen())
                .filter(entry -> entry.provesAny(
                        EventKind.SWITCHOVER_REQUESTED, EventKind.FAILOVER_REQUESTED, EventKind.RESTART_REQUESTED))
                .findFirst()
                .map(asked -> new Reason(
                        CauseCode.OPERATOR_REQUEST,
                        Optional.empty(),
                        0.9,
                        disturbance.member() + " was asked to give way, and nobody was seen to lead since.",
                        List.of(asked)));
    }

    /** What its peers saw of a leader that never spoke again tells why it went, and that nobody came in its place. */
    private Reason nobodyTookOver() {
        String leader = disturbance.member();
        Instant wellUntil = chronicle
                .last(
                        disturbance.startedAt(),
                        entry -> entry.proves(EventKind.HEARTBEAT)
                                && entry.leader().filter(leader::equals).isPresent())
                .map(Entry::at)
                .orElse(disturbance.startedAt().minusMillis(1));
        Reason lost = new Causes(chronicle, List.of())
                .of(new Loss(
                        leader,
                        Optional.empty(),
                        wellUntil,
                        disturbance.lastSeen(),
                        disturbance.lastSeen(),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ZERO,
                        false));
        boolean looked = disturbance.entries().stream()
                .anyMatch(entry -> entry.provesAny(EventKind.REFUSED, EventKind.LEADER_RACE));
        String nobody = looked
                ? "Candidates looked for a new leader after " + leader + " and none took over."
                : "Nobody was seen to lead after " + leader + " so far.";
        return lost.code() == CauseCode.UNKNOWN
                ? Reason.unknown(nobody).shownBy(disturbance.entries().subList(0, 1))
                : new Reason(
                        lost.code(),
                        lost.detail(),
                        lost.confidence(),
                        lost.explanation() + " " + nobody,
                        Stream.concat(
                                        lost.proofs().stream(),
                                        disturbance.entries().stream().limit(1))
                                .toList());
    }

    private Reason leaderRestart() {
        return death().or(() -> first(Signs::ofStop)
                        .map(stop -> because(
                                CauseCode.OPERATOR_REQUEST,
                                CauseDetail.RESTARTED_IN_PLACE,
                                0.8,
                                "was stopped in good order and started again in place.",
                                stop)))
                .or(this::newStart)
                .orElseGet(() -> because(
                        CauseCode.OPERATOR_REQUEST,
                        CauseDetail.RESTARTED_IN_PLACE,
                        0.6,
                        "was started again in place; nothing tells of a crash.",
                        disturbance.entries().get(0)));
    }

    private Reason replicaLoss() {
        Reason away = replicaAway();
        List<Entry> proofs = new ArrayList<>(away.proofs());
        StringBuilder told = new StringBuilder(away.explanation());
        first(entry -> entry.says("patroni.sync-dropped") && !entry.by(disturbance.member()))
                .ifPresent(dropped -> {
                    proofs.add(dropped);
                    told.append(waited(dropped));
                });
        askedForInVain().ifPresent(request -> {
            proofs.add(request);
            told.append(" A switchover was asked for meanwhile, and did not happen.");
        });
        disturbance.consequences().stream()
                .filter(Signs::ofExhaustion)
                .findFirst()
                .ifPresent(missed -> {
                    proofs.add(missed);
                    told.append(" Meanwhile PostgreSQL on ")
                            .append(missed.writer().orElse("the leader"))
                            .append(" had no ")
                            .append(left(whatRanOut(missed)))
                            .append('.');
                });
        return new Reason(away.code(), away.detail(), away.confidence(), told.toString(), proofs);
    }

    private Optional<Entry> askedForInVain() {
        return chronicle
                .between(disturbance.startedAt(), disturbance.lastSeen())
                .filter(entry -> entry.provesAny(EventKind.SWITCHOVER_REQUESTED, EventKind.FAILOVER_REQUESTED))
                .findFirst();
    }

    /** Patroni lets commits go on without a standby, unless it is strict: then they wait for any. */
    private String waited(Entry dropped) {
        boolean strict = chronicle
                .between(dropped.at().minusMillis(1), dropped.at().plus(Runs.LONGEST_PAUSE))
                .anyMatch(entry -> entry.says("patroni.sync-assigned")
                        && entry.writer().equals(dropped.writer())
                        && entry.event().text().contains("*"));
        String leader = dropped.writer().orElse("the leader");
        return strict
                ? " It was the synchronous standby: commits on " + leader
                        + " waited until one was back, as strict synchronous mode wants."
                : " It was the synchronous standby: commits on " + leader + " waited for it until Patroni dropped it.";
    }

    private Reason replicaAway() {
        return death().or(() -> first(entry -> entry.has("action", "reinitialize"))
                        .map(rebuilt -> because(
                                CauseCode.OPERATOR_REQUEST,
                                CauseDetail.REBUILT,
                                0.8,
                                "was rebuilt on request.",
                                rebuilt)))
                .or(() -> own(Signs::ofStop)
                        .map(stop -> because(
                                CauseCode.CLEAN_SHUTDOWN,
                                Signs.whatStopped(disturbance.entries()),
                                0.8,
                                "was stopped in good order.",
                                stop)))
                .or(() -> own(Signs::ofLateDemotion)
                        .map(stop -> Reason.unknown(
                                onMember(
                                        "was stopped in haste, as before it is rebuilt; who asked for it is not told."),
                                stop)))
                .or(() -> own(Signs::ofLostDcs).map(this::cutOff))
                .or(this::newStart)
                .orElseGet(() -> Reason.unknown(
                        onMember("went away; the input does not tell why."),
                        disturbance.entries().get(0)));
    }

    private Reason cutOff(Entry lost) {
        return Reason.of(
                        CauseCode.NETWORK_PARTITION,
                        CauseDetail.CUT_OFF_FROM_DCS,
                        0.7,
                        disturbance.member() + " could not reach the DCS while its peers could.")
                .shownBy(Stream.concat(Stream.of(lost), reach(lost.since()).reachedByPeer().stream())
                        .toList());
    }

    private Optional<Reason> death() {
        return own(Signs::ofMemoryShortage)
                .map(shortage -> because(
                        CauseCode.RESOURCE_EXHAUSTION,
                        CauseDetail.OUT_OF_MEMORY,
                        0.9,
                        "was killed for lack of memory.",
                        shortage))
                .or(() -> own(Signs::ofCrash).map(crash -> Signs.crash(disturbance.member(), crash)));
    }

    /** Patroni that was there all the time finds PostgreSQL gone; a host that died brings both up again. */
    private Optional<Reason> newStart() {
        Optional<Entry> boot = own(entry -> Signs.ofBoot(entry) || entry.says("systemd.started"));
        return boot.map(entry -> startedAnew(0.7, entry))
                .or(() -> own(Signs::ofDatabaseDown).map(this::found));
    }

    private Reason found(Entry down) {
        return disturbance.kind() == IncidentKind.LEADER_RESTART
                ? because(
                        CauseCode.POSTGRES_CRASH,
                        CauseDetail.POSTMASTER_GONE,
                        0.85,
                        "was gone while its host and Patroni went on.",
                        down)
                : startedAnew(0.6, down);
    }

    private Reason startedAnew(double confidence, Entry start) {
        return because(
                CauseCode.HOST_DOWN,
                CauseDetail.HOST_RESTARTED,
                confidence,
                "started anew without a word of stopping before.",
                start);
    }

    private Reason because(CauseCode code, CauseDetail detail, double confidence, String what, Entry proof) {
        return Reason.of(code, detail, confidence, onMember(what), proof);
    }

    private String onMember(String what) {
        return "PostgreSQL on " + disturbance.member() + " " + what;
    }

    private Optional<Entry> first(Predicate<Entry> condition) {
        return disturbance.entries().stream().filter(condition).findFirst();
    }

    /** What others wrote of it is no word of its own. */
    private Optional<Entry> own(Predicate<Entry> condition) {
        return first(entry -> entry.by(disturbance.member()) && condition.test(entry));
    }
}
