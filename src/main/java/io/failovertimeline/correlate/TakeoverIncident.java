package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.BACKEND_DOWN;
import static io.failovertimeline.model.EventKind.CRASH_RECOVERY;
import static io.failovertimeline.model.EventKind.DCS_LOST;
import static io.failovertimeline.model.EventKind.DEMOTED;
import static io.failovertimeline.model.EventKind.DEMOTION_STARTED;
import static io.failovertimeline.model.EventKind.FAILOVER_REQUESTED;
import static io.failovertimeline.model.EventKind.FAULT_SIGNAL;
import static io.failovertimeline.model.EventKind.HEARTBEAT;
import static io.failovertimeline.model.EventKind.LEADER_RACE;
import static io.failovertimeline.model.EventKind.LEADER_UNREACHABLE;
import static io.failovertimeline.model.EventKind.LOCK_LOST;
import static io.failovertimeline.model.EventKind.LOCK_RELEASED;
import static io.failovertimeline.model.EventKind.READY_RW;
import static io.failovertimeline.model.EventKind.REFUSED;
import static io.failovertimeline.model.EventKind.STREAM_LOST;
import static io.failovertimeline.model.EventKind.STREAM_STARTED;
import static io.failovertimeline.model.EventKind.SWITCHOVER_REQUESTED;

import io.failovertimeline.model.Cause;
import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.DualLeaders;
import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentBuilder;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.Mark;
import io.failovertimeline.model.PhaseName;
import io.failovertimeline.model.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells the incident of one takeover: what broke before it, how it went, how the old leader came back. */
final class TakeoverIncident {

    /** How far back a first symptom is looked for where the old leader's last sign of health is not in the input. */
    private static final Duration LOOK_BACK = Duration.ofSeconds(90);

    /** How long after the database was ready a request may still fail because of the takeover: balancers need their checks. */
    private static final Duration CLIENTS_CATCH_UP = Duration.ofSeconds(15);

    /** An operator's request is followed by the takeover within this time. */
    private static final Duration REQUEST_TAKES = Duration.ofMinutes(2);

    /** How long after the takeover the new leader's first heartbeat may come. */
    private static final Duration CONFIRMATION = Duration.ofMinutes(2);

    private final Chronicle chronicle;
    private final Takeover takeover;
    private final Optional<Takeover> previous;
    private final Instant until;
    private final Optional<ClusterSettings> settings;

    private final Instant healthyUntil;
    private final Optional<Instant> lockAcquiredAt;
    private final Optional<Instant> promotedAt;
    private final Optional<Instant> readyAt;
    private final Optional<Entry> confirmation;

    /**
     * @param previous the takeover before this one
     * @param until when the next takeover begins, or the end of the input
     */
    TakeoverIncident(
            Chronicle chronicle,
            Takeover takeover,
            Optional<Takeover> previous,
            Instant until,
            Optional<ClusterSettings> settings) {
        this.chronicle = chronicle;
        this.takeover = takeover;
        this.previous = previous;
        this.until = until;
        this.settings = settings;
        this.healthyUntil = healthyUntil();
        this.lockAcquiredAt = takeover.lockAcquiredAt();
        this.promotedAt = takeover.promotedAt();
        this.readyAt = readyAt();
        this.confirmation = confirmation();
    }

    Incident tell(String cluster, Causes causes, List<Mark> marks, List<ErrorWindow> allWindows, boolean onlyLoss) {
        Windows windows = windows(allWindows);
        Instant startedAt = startedAt(windows);
        Optional<Incident.LeaderLost> leaderLost = leaderLost(startedAt);
        Optional<Instant> notAfter = readyAt.isPresent() ? Optional.empty() : confirmation.map(Entry::at);
        Optional<Instant> restoredAt = windows.restored().map(this::notBeforeReady);
        Optional<Entry> rejoin = rejoin();
        Causes.Reason reason = reason(causes, onlyLoss);
        Story story = Story.of(told(startedAt, restoredAt, rejoin), indispensable(startedAt, rejoin, reason));
        boolean ruling = confirmation.isPresent() || readyAt.isPresent();
        return new IncidentBuilder(IncidentId.of(cluster, startedAt), cluster, kind(reason), startedAt)
                .cause(new Cause(
                        reason.code(), reason.confidence(), reason.explanation(), story.indexesOf(reason.proofs())))
                .leaders(takeover.oldLeader(), Optional.of(takeover.member()))
                .timelines(timelineBefore(), timelineAfter())
                .lock(leaderLost, lockAcquiredAt)
                .promotedAt(promotedAt)
                .databaseReady(readyAt, notAfter)
                .serviceRestoredAt(restoredAt)
                .rejoinedAt(rejoin.map(Entry::at))
                .phases(Phases.cut(
                        startedAt,
                        List.of(
                                Phases.End.at(PhaseName.DETECTION, leaderLost.map(Incident.LeaderLost::at)),
                                Phases.End.at(PhaseName.ELECTION, lockAcquiredAt),
                                new Phases.End(PhaseName.PROMOTION, readyAt.or(() -> notAfter), readyAt.isEmpty()),
                                Phases.End.at(PhaseName.RECOVERY, restoredAt),
                                Phases.End.at(PhaseName.REJOIN, rejoin.map(Entry::at)))))
                .over(ruling && windows.over())
                .refusals(refusals(startedAt))
                .clientImpact(windows.impact())
                .dualLeaders(dualLeaders())
                .story(story.steps(), onlyLoss ? marksOf(marks) : List.of())
                .build();
    }

    Windows windows(List<ErrorWindow> all) {
        Instant ready = Stream.of(lockAcquiredAt, promotedAt, readyAt, confirmation.map(Entry::at))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .orElse(takeover.lastProof());
        Instant to = ready.plus(CLIENTS_CATCH_UP);
        return Windows.within(all, healthyUntil, to.isBefore(until) ? to : until);
    }

    /** The old leader's last heartbeat; nothing that belongs to this takeover is older. */
    private Instant healthyUntil() {
        Instant begin = takeover.firstProof();
        Instant earliest = begin.minus(LOOK_BACK);
        Instant bound =
                previous.map(Takeover::lastProof).filter(earliest::isBefore).orElse(earliest);
        return takeover.oldLeader()
                .flatMap(old -> chronicle.last(begin, entry -> isLeadersHeartbeat(entry, old)))
                .map(Entry::at)
                .filter(bound::isBefore)
                .orElse(bound);
    }

    private static boolean isLeadersHeartbeat(Entry entry, String member) {
        return entry.proves(HEARTBEAT)
                && entry.by(member)
                && entry.leading()
                && entry.event().field("role").isPresent()
                && entry.event().field("action").isEmpty();
    }

    private Instant startedAt(Windows windows) {
        Stream<Instant> symptoms = chronicle
                .between(healthyUntil.minusSeconds(1), takeover.firstProof())
                .filter(entry -> entry.mayBeLaterThan(healthyUntil))
                .filter(this::isSymptom)
                .map(entry -> later(entry.at(), healthyUntil));
        return Stream.concat(symptoms, windows.firstFailure().stream())
                .filter(at -> !at.isAfter(takeover.firstProof()))
                .min(Comparator.naturalOrder())
                .orElse(takeover.firstProof());
    }

    private boolean isSymptom(Entry entry) {
        if (entry.provesAny(SWITCHOVER_REQUESTED, FAILOVER_REQUESTED, STREAM_LOST)) {
            return true;
        }
        Optional<String> old = takeover.oldLeader();
        boolean ofOldLeader = old.filter(entry::by).isPresent()
                && entry.provesAny(
                        FAULT_SIGNAL, DEMOTION_STARTED, DEMOTED, LOCK_LOST, LOCK_RELEASED, DCS_LOST, CRASH_RECOVERY);
        boolean aboutOldLeader = entry.proves(LEADER_UNREACHABLE)
                && (entry.peer().isEmpty() || old.filter(entry::about).isPresent());
        boolean balancer =
                entry.proves(BACKEND_DOWN) && entry.event().field("server").equals(old);
        return ofOldLeader || aboutOldLeader || balancer || entry.provesAny(LEADER_RACE, REFUSED);
    }

    private Optional<Incident.LeaderLost> leaderLost(Instant startedAt) {
        Instant acquired = lockAcquiredAt.orElse(takeover.firstProof());
        Optional<Incident.LeaderLost> released = takeover.oldLeader()
                .flatMap(old -> chronicle
                        .between(startedAt.minusMillis(1), acquired)
                        .filter(entry -> entry.by(old) && entry.proves(LOCK_RELEASED))
                        .findFirst())
                .map(entry -> new Incident.LeaderLost(entry.at(), false));
        return released.or(() -> expired(acquired)).or(() -> race(acquired));
    }

    /** The last renewal and the ttl give the instant; while a peer still saw the key held, it was. */
    private Optional<Incident.LeaderLost> expired(Instant acquired) {
        Instant latest = race(acquired).map(Incident.LeaderLost::at).orElse(acquired);
        return settings.flatMap(ClusterSettings::ttl)
                .flatMap(ttl -> lastRenewal().map(renewal -> renewal.at().plus(ttl)))
                .map(expiry -> later(expiry, lastSeenHeld(acquired)))
                .filter(at -> !at.isAfter(latest))
                .map(at -> new Incident.LeaderLost(at, true));
    }

    private Optional<Entry> lastRenewal() {
        return takeover.oldLeader()
                .flatMap(old -> chronicle.last(takeover.firstProof(), entry -> isLeadersHeartbeat(entry, old)))
                .filter(entry -> previous.map(Takeover::firstProof)
                        .filter(entry.at()::isBefore)
                        .isEmpty());
    }

    private Instant lastSeenHeld(Instant acquired) {
        return chronicle
                .last(
                        acquired,
                        entry -> entry.proves(HEARTBEAT) && entry.leader().equals(takeover.oldLeader()))
                .map(Entry::at)
                .orElse(healthyUntil);
    }

    /** A candidate polls its peers only once the key is gone: its first poll is the first proof that it was. */
    private Optional<Incident.LeaderLost> race(Instant acquired) {
        return chronicle
                .between(lastSeenHeld(acquired), acquired)
                .filter(entry -> entry.by(takeover.member()))
                .filter(entry -> entry.provesAny(LEADER_RACE, REFUSED)
                        || (entry.proves(LEADER_UNREACHABLE) && entry.from(Component.PATRONI)))
                .findFirst()
                .map(entry -> new Incident.LeaderLost(entry.at(), true));
    }

    /** PostgreSQL's own word; one in whole seconds is taken as no earlier than the promotion it follows. */
    private Optional<Instant> readyAt() {
        Instant begin = promotedAt.orElse(takeover.firstProof());
        return chronicle
                .between(begin.minusSeconds(1), takeover.lastProof().plus(CONFIRMATION))
                .filter(entry -> entry.by(takeover.member()) && entry.proves(READY_RW) && entry.mayBeLaterThan(begin))
                .findFirst()
                .map(entry -> later(entry.at(), begin));
    }

    private Optional<Entry> confirmation() {
        Instant begin = promotedAt.orElse(takeover.firstProof());
        return chronicle
                .first(begin, entry -> isLeadersHeartbeat(entry, takeover.member()))
                .filter(entry -> entry.at().isBefore(begin.plus(CONFIRMATION)));
    }

    private Optional<Entry> rejoin() {
        return takeover.oldLeader().filter(old -> takeover.byAnotherMember()).flatMap(old -> rejoinOf(old));
    }

    private Optional<Entry> rejoinOf(String old) {
        Optional<Entry> streaming = chronicle
                .between(takeover.lastProof(), until)
                .filter(entry -> entry.by(old) && entry.proves(STREAM_STARTED))
                .filter(entry -> timelineAfter().isEmpty() || entry.timeline().equals(timelineAfter()))
                .findFirst();
        return streaming.or(() -> chronicle
                .between(takeover.lastProof(), until)
                .filter(entry -> entry.by(old)
                        && entry.proves(HEARTBEAT)
                        && entry.leader().equals(Optional.of(takeover.member()))
                        && entry.event().field("role").filter("replica"::equals).isPresent())
                .findFirst());
    }

    private Causes.Reason reason(Causes causes, boolean onlyLoss) {
        Optional<Entry> request = chronicle
                .between(
                        takeover.firstProof().minus(REQUEST_TAKES),
                        takeover.lastProof().plusSeconds(1))
                .filter(entry ->
                        entry.at().isAfter(previous.map(Takeover::lastProof).orElse(Instant.MIN)))
                .filter(entry -> entry.provesAny(SWITCHOVER_REQUESTED, FAILOVER_REQUESTED)
                        || entry.says("patroni.failover-key-after-lock"))
                .findFirst();
        if (request.isPresent() && takeover.byAnotherMember()) {
            return new Causes.Reason(
                    CauseCode.OPERATOR_REQUEST, 0.95, "An operator asked for it.", List.of(request.get()));
        }
        Instant lost = lockAcquiredAt.orElse(takeover.firstProof());
        return takeover.oldLeader()
                .map(old -> causes.of(new Causes.Loss(
                        old,
                        takeover.byAnotherMember(),
                        healthyUntil,
                        lost,
                        until,
                        lastRenewal(),
                        settings.flatMap(ClusterSettings::ttl),
                        onlyLoss)))
                .orElseGet(() ->
                        new Causes.Reason(CauseCode.UNKNOWN, 0, "The input does not tell who led before.", List.of()));
    }

    private IncidentKind kind(Causes.Reason reason) {
        if (takeover.byAnotherMember() || takeover.oldLeader().isEmpty()) {
            return reason.code() == CauseCode.OPERATOR_REQUEST ? IncidentKind.SWITCHOVER : IncidentKind.FAILOVER;
        }
        return switch (reason.code()) {
            case DCS_UNREACHABLE, NETWORK_PARTITION -> IncidentKind.DCS_OUTAGE;
            case CLEAN_SHUTDOWN, POSTGRES_CRASH, PATRONI_STALLED, OPERATOR_REQUEST, RESOURCE_EXHAUSTION ->
                candidatesRefused() ? IncidentKind.LEADERLESS : IncidentKind.LEADER_RESTART;
            case HOST_DOWN, UNKNOWN -> IncidentKind.LEADERLESS;
        };
    }

    private boolean candidatesRefused() {
        return chronicle
                .between(healthyUntil, takeover.firstProof())
                .anyMatch(entry -> entry.proves(REFUSED) && !entry.by(takeover.member()));
    }

    private List<Entry> told(Instant startedAt, Optional<Instant> restoredAt, Optional<Entry> rejoin) {
        Instant end = Stream.of(
                        Optional.of(takeover.lastProof()),
                        readyAt,
                        confirmation.map(Entry::at),
                        restoredAt,
                        rejoin.map(Entry::at))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Instant last = end.isAfter(until) ? until : end;
        return chronicle
                .between(startedAt.minusSeconds(1), last)
                .filter(entry -> entry.mayBeLaterThan(startedAt))
                .filter(entry -> !entry.proves(HEARTBEAT) || tellsOfTheTakeover(entry))
                .toList();
    }

    private boolean tellsOfTheTakeover(Entry entry) {
        return !entry.at().isBefore(takeover.firstProof())
                && confirmation
                        .map(Entry::at)
                        .filter(at -> !at.isBefore(entry.at()))
                        .isPresent();
    }

    /** How things stood before, what proves the cause, the confirmed new leader, and the old one's return. */
    private List<Entry> indispensable(Instant startedAt, Optional<Entry> rejoin, Causes.Reason reason) {
        List<Entry> entries = new ArrayList<>(takeover.proofs());
        entries.addAll(reason.proofs());
        takeover.oldLeader()
                .flatMap(old -> chronicle.last(
                        startedAt,
                        entry -> entry.proves(HEARTBEAT)
                                && entry.leader().filter(old::equals).isPresent()
                                && entry.event().field("role").isPresent()))
                .filter(entry -> entry.at().isAfter(startedAt.minus(LOOK_BACK)))
                .ifPresent(entries::add);
        confirmation.ifPresent(entries::add);
        rejoin.ifPresent(entries::add);
        return entries;
    }

    private Optional<Integer> timelineAfter() {
        return takeover.timeline().or(() -> chronicle
                .between(takeover.lastProof(), until)
                .filter(entry -> entry.proves(STREAM_STARTED)
                        || entry.says("patroni.primary-timeline")
                        || entry.says("postgresql.new-target-timeline"))
                .flatMap(entry -> entry.timeline().stream())
                .findFirst());
    }

    private Optional<Integer> timelineBefore() {
        Optional<Integer> local = takeover.oldLeader().flatMap(old -> chronicle
                .between(takeover.lastProof(), until)
                .filter(entry -> entry.by(old) && entry.says("patroni.local-timeline"))
                .flatMap(entry -> entry.timeline().stream())
                .findFirst());
        return chronicle
                .last(
                        takeover.firstProof(),
                        entry -> entry.timeline().isPresent()
                                && !takeover.proofs().contains(entry)
                                && entry.provesAny(STREAM_STARTED, STREAM_LOST))
                .flatMap(Entry::timeline)
                .or(() -> local)
                .or(() -> previous.flatMap(Takeover::timeline));
    }

    private List<Refusal> refusals(Instant startedAt) {
        return chronicle
                .between(startedAt.minusMillis(1), takeover.lastProof())
                .filter(entry -> entry.proves(REFUSED) && entry.writer().isPresent())
                .map(entry -> new Refusal(
                        entry.writer().orElseThrow(),
                        entry.at(),
                        entry.event().field("reason").orElse("UNKNOWN"),
                        entry.event().origin()))
                .toList();
    }

    /** The old leader's PostgreSQL that is told to stop only after the new one accepted writes had accepted them, too. */
    private List<DualLeaders> dualLeaders() {
        Instant since = later(promotedAt.orElse(takeover.lastProof()), readyAt.orElse(Instant.MIN));
        if (!takeover.byAnotherMember()) {
            return List.of();
        }
        String old = takeover.oldLeader().orElseThrow();
        Optional<Entry> firstWord = chronicle
                .between(healthyUntil, until)
                .filter(entry -> entry.by(old))
                .filter(entry -> entry.provesAny(DEMOTION_STARTED, DEMOTED, CRASH_RECOVERY)
                        || Signs.ofStop(entry)
                        || Signs.ofCrash(entry)
                        || Signs.ofNewStart(entry))
                .findFirst();
        return firstWord.stream()
                .filter(entry -> entry.at().isAfter(since) && entry.provesAny(DEMOTION_STARTED, DEMOTED))
                .map(entry ->
                        new DualLeaders(List.of(old, takeover.member()), since, entry.at(), DualLeaders.Verdict.PROVEN))
                .toList();
    }

    private List<Mark> marksOf(List<Mark> marks) {
        return marks.stream()
                .filter(mark -> mark.host().equals(takeover.oldLeader()))
                .sorted(Comparator.comparing(Mark::text).thenComparing(Mark::origin))
                .toList();
    }

    private Instant notBeforeReady(Instant restoredAt) {
        return later(restoredAt, readyAt.or(() -> lockAcquiredAt).orElse(Instant.MIN));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
