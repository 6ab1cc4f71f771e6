package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.BACKEND_UP;
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
import static io.failovertimeline.model.EventKind.PROMOTED;
import static io.failovertimeline.model.EventKind.READY_RW;
import static io.failovertimeline.model.EventKind.REFUSED;
import static io.failovertimeline.model.EventKind.REINIT;
import static io.failovertimeline.model.EventKind.REWIND;
import static io.failovertimeline.model.EventKind.STREAM_STARTED;
import static io.failovertimeline.model.EventKind.SWITCHOVER_REQUESTED;

import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.Incident.LeaderLost;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** When what happened in one takeover, from the old leader's last sign of health to its return. */
final class Course {

    /** How far back a first symptom is looked for where the old leader's last sign of health is not in the input. */
    static final Duration LOOK_BACK = Duration.ofSeconds(90);

    /** Beyond the expiry of the key, candidates take no longer: a round, and the peers that do not answer. */
    private static final Duration LATEST_TAKEOVER = Duration.ofSeconds(20);

    /** How long after the takeover the new leader's first heartbeat may come. */
    private static final Duration CONFIRMATION = Duration.ofMinutes(2);

    /** A member that comes back later than this comes back to another story. */
    private static final Duration LONGEST_ABSENCE = Duration.ofHours(24);

    /**
     * Something that shows that things went wrong.
     *
     * @param at when
     * @param precision how finely that is known
     * @param missing whether it is that a line did not come
     */
    private record Symptom(Instant at, Precision precision, boolean missing) {}

    private final Chronicle chronicle;
    private final Circumstances circumstances;
    private final Takeover takeover;
    private final Optional<Takeover> previous;
    private final Instant until;
    private final Optional<Duration> ttl;
    private final Optional<Duration> loopWait;

    private final Optional<Instant> gaveOut;
    private final Optional<Entry> lastHeartbeat;
    private final Instant healthyUntil;
    private final Optional<Instant> readyAt;
    private final Optional<Entry> confirmation;
    private final boolean isInStandbyCluster;
    private final Optional<Integer> timelineAfter;
    private final Optional<Integer> timelineBefore;

    /**
     * The course of {@code takeover}.
     *
     * @param previous the takeover before this one
     * @param until when the next takeover begins, or {@link Instant#MAX}
     */
    Course(
            Chronicle chronicle,
            Takeover takeover,
            Optional<Takeover> previous,
            Instant until,
            Optional<ClusterSettings> settings) {
        this.chronicle = chronicle;
        this.circumstances = new Circumstances(chronicle);
        this.takeover = takeover;
        this.previous = previous;
        this.until = until;
        this.ttl = settings.flatMap(ClusterSettings::ttl).map(Setting::value);
        this.loopWait = settings.flatMap(ClusterSettings::loopWait).map(Setting::value);
        this.gaveOut = findGaveOut();
        Instant well = gaveOut.orElse(takeover.firstProof());
        this.lastHeartbeat =
                takeover.oldLeader().flatMap(old -> chronicle.last(well, entry -> isLeadersHeartbeat(entry, old)));
        this.healthyUntil = findHealthyUntil();
        this.readyAt = findReadyAt();
        this.confirmation = findConfirmation();
        Timelines timelines = new Timelines(chronicle, takeover, previous, healthyUntil, until);
        this.isInStandbyCluster = findInStandbyCluster();
        this.timelineBefore = isInStandbyCluster ? timelines.before().or(timelines::after) : timelines.before();
        this.timelineAfter = isInStandbyCluster ? timelineBefore : timelines.after();
    }

    /** The old leader's last heartbeat; nothing that belongs to this takeover is older. */
    Instant healthyUntil() {
        return healthyUntil;
    }

    private Instant findHealthyUntil() {
        Instant earliest = gaveOut.orElse(takeover.firstProof()).minus(LOOK_BACK);
        Instant bound =
                previous.map(Takeover::lastProof).filter(earliest::isBefore).orElse(earliest);
        return lastHeartbeat.map(Entry::at).filter(bound::isBefore).orElse(bound);
    }

    /** When the PostgreSQL of a leader that leads again crashed first, or was promoted for nothing, and accepted no writes since. */
    private Optional<Instant> findGaveOut() {
        Optional<Entry> ready =
                chronicle.last(takeover.firstProof(), entry -> entry.by(takeover.member()) && entry.proves(READY_RW));
        return ready.filter(entry ->
                        !takeover.byAnotherMember() && !takeover.proofs().contains(entry))
                .flatMap(entry -> chronicle
                        .between(entry.at(), takeover.firstProof())
                        .filter(word -> word.by(takeover.member())
                                && !takeover.proofs().contains(word)
                                && (Signs.ofCrash(word) || word.proves(PROMOTED)))
                        .findFirst())
                .map(Entry::at);
    }

    private static boolean isLeadersHeartbeat(Entry entry, String member) {
        return entry.proves(HEARTBEAT)
                && entry.by(member)
                && entry.leading()
                && entry.event().field("role").isPresent()
                && entry.event().field("action").isEmpty();
    }

    /** The old leader's last heartbeat since it took the lead: it renews the key in the same round. */
    Optional<Entry> lastRenewal() {
        return lastHeartbeat.filter(entry ->
                previous.map(Takeover::firstProof).filter(entry.at()::isBefore).isEmpty());
    }

    /** The fault or first symptom, be it in the logs or felt by a client; the takeover itself where there is none. */
    Instant startedAt(Optional<Instant> firstFailedRequest) {
        return firstSymptom(firstFailedRequest).map(Symptom::at).orElse(takeover.firstProof());
    }

    /** Whether the first symptom is no line, but one that was due and did not come. */
    boolean startedBySilence(Optional<Instant> firstFailedRequest) {
        return firstSymptom(firstFailedRequest).filter(Symptom::missing).isPresent();
    }

    private Optional<Symptom> firstSymptom(Optional<Instant> firstFailedRequest) {
        Stream<Symptom> symptoms = chronicle
                .between(healthyUntil.minusSeconds(1), takeover.firstProof())
                .filter(entry -> entry.mayBeLaterThan(healthyUntil))
                .filter(this::isSymptom)
                .map(entry -> new Symptom(
                        later(entry.at(), healthyUntil), entry.event().precision(), false));
        Stream<Symptom> felt = firstFailedRequest.stream().map(at -> new Symptom(at, Precision.MILLIS, false));
        Stream<Symptom> silence = missedRound().stream().map(at -> new Symptom(at, Precision.MILLIS, true));
        return Stream.of(symptoms, felt, silence)
                .flatMap(all -> all)
                .filter(symptom -> !symptom.at().isAfter(takeover.firstProof()))
                .reduce(Course::earlier);
    }

    /** When an old leader that fell silent should have spoken again, by {@code loop_wait}. */
    private Optional<Instant> missedRound() {
        Optional<Entry> next = lastRenewal()
                .flatMap(last -> chronicle.first(
                        last.at().plusNanos(1),
                        entry -> entry.writer().equals(last.writer()) && entry.from(Component.PATRONI)));
        return lastRenewal()
                .filter(last -> next.isPresent() || wasDueToExpire(last))
                .filter(last -> !chronicle.patroniSpoke(
                        last.writer().orElseThrow(), last.at(), last.at().plus(Runs.LONGEST_PAUSE)))
                .filter(last -> last.at().plus(Runs.LONGEST_PAUSE).isBefore(takeover.firstProof()))
                .flatMap(last -> loopWait.map(last.at()::plus));
    }

    /** An old leader whose log ends far too early for its key to have expired was silent only in the input. */
    private boolean wasDueToExpire(Entry last) {
        return ttl.filter(life ->
                        takeover.firstProof().isBefore(last.at().plus(life).plus(LATEST_TAKEOVER)))
                .isPresent();
    }

    /** The earlier one; of two that may have been at once, the one that says it more finely. */
    private static Symptom earlier(Symptom a, Symptom b) {
        Symptom first = a.at().isAfter(b.at()) ? b : a;
        Symptom second = first.equals(a) ? b : a;
        boolean mayBeAtOnce = first.precision().endOf(first.at()).isAfter(second.at());
        return mayBeAtOnce && second.precision().compareTo(first.precision()) < 0 ? second : first;
    }

    /** A standby that streams again, from whomever, has not missed the leader since. */
    private boolean isGotOver(Entry entry) {
        return chronicle
                .between(entry.at().plusNanos(1), takeover.firstProof())
                .anyMatch(later -> later.proves(STREAM_STARTED)
                        && later.writer().equals(entry.writer())
                        && entry.from(Component.POSTGRESQL));
    }

    private boolean isSymptom(Entry entry) {
        Optional<String> old = takeover.oldLeader();
        boolean ofOldLeader = old.filter(entry::by).isPresent()
                && (Signs.ofDatabaseDown(entry)
                        || entry.provesAny(
                                FAULT_SIGNAL,
                                DEMOTION_STARTED,
                                DEMOTED,
                                LOCK_LOST,
                                LOCK_RELEASED,
                                DCS_LOST,
                                CRASH_RECOVERY));
        boolean aboutOldLeader = entry.proves(LEADER_UNREACHABLE)
                && (entry.peer().isEmpty() || old.filter(entry::about).isPresent())
                && !isGotOver(entry);
        boolean balancer = old.filter(member -> circumstances.takenOut(entry, member, takeover.member()))
                .isPresent();
        return ofOldLeader
                || aboutOldLeader
                || balancer
                || circumstances.lostStream(entry)
                || entry.provesAny(SWITCHOVER_REQUESTED, FAILOVER_REQUESTED, LEADER_RACE, REFUSED);
    }

    /** When the leader key went away: by a line that says so, else by ttl, else when a candidate was first seen to know it. */
    Optional<LeaderLost> leaderLost() {
        Instant acquired = lockAcquiredAt().orElse(takeover.firstProof());
        return takeover.byAnotherMember()
                ? released(acquired).or(() -> expired(acquired)).or(() -> race(acquired))
                : steppedDown(acquired).or(() -> refused(acquired));
    }

    /** That others were refused the key, or ran for it, proves that nobody held it. */
    private Optional<LeaderLost> refused(Instant acquired) {
        return chronicle
                .between(healthyUntil, acquired)
                .filter(entry -> !entry.by(takeover.member()) && entry.provesAny(LEADER_RACE, REFUSED))
                .findFirst()
                .map(entry -> new LeaderLost(entry.at(), true));
    }

    /** A leader that leads again may have held the key all the time, whatever its PostgreSQL did, unless its Patroni stepped down. */
    private Optional<LeaderLost> steppedDown(Instant acquired) {
        return chronicle
                .between(healthyUntil, acquired)
                .filter(entry -> entry.by(takeover.member())
                        && entry.from(Component.PATRONI)
                        && entry.provesAny(DEMOTION_STARTED, DEMOTED, LOCK_LOST, LOCK_RELEASED))
                .findFirst()
                .map(entry -> new LeaderLost(entry.at(), false));
    }

    private Optional<LeaderLost> released(Instant acquired) {
        return takeover.oldLeader()
                .flatMap(old -> chronicle
                        .between(healthyUntil, acquired)
                        .filter(entry -> entry.by(old) && entry.proves(LOCK_RELEASED))
                        .findFirst())
                .map(entry -> new LeaderLost(entry.at(), false));
    }

    /** The last renewal and the ttl give the instant; while a peer still saw the key held, it was. */
    private Optional<LeaderLost> expired(Instant acquired) {
        Instant latest = race(acquired).map(LeaderLost::at).orElse(acquired);
        return ttl.flatMap(life -> lastRenewal().map(renewal -> renewal.at().plus(life)))
                .map(expiry -> later(expiry, lastSeenHeld(acquired)))
                .filter(at -> !at.isAfter(latest))
                .map(at -> new LeaderLost(at, true));
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
    private Optional<LeaderLost> race(Instant acquired) {
        return chronicle
                .between(lastSeenHeld(acquired), acquired)
                .filter(entry -> entry.by(takeover.member()))
                .filter(entry -> entry.provesAny(LEADER_RACE, REFUSED)
                        || (entry.proves(LEADER_UNREACHABLE) && entry.from(Component.PATRONI)))
                .findFirst()
                .map(entry -> new LeaderLost(entry.at(), true));
    }

    Optional<Instant> lockAcquiredAt() {
        return takeover.lockAcquiredAt();
    }

    Optional<Instant> promotedAt() {
        return takeover.promotedAt();
    }

    /** PostgreSQL's own word; one in whole seconds is taken as no earlier than the promotion it follows. */
    Optional<Instant> readyAt() {
        return readyAt;
    }

    private Optional<Instant> findReadyAt() {
        Instant begin = promotedAt().orElse(takeover.firstProof());
        return chronicle
                .between(begin.minusSeconds(1), takeover.lastProof().plus(CONFIRMATION))
                .filter(entry -> entry.by(takeover.member()) && entry.proves(READY_RW) && entry.mayBeLaterThan(begin))
                .findFirst()
                .map(entry -> later(entry.at(), begin));
    }

    /** The new leader's first heartbeat as such: PostgreSQL on it accepts writes by then. */
    Optional<Entry> confirmation() {
        return confirmation;
    }

    private Optional<Entry> findConfirmation() {
        Instant begin = promotedAt().orElse(takeover.firstProof());
        return chronicle
                .first(begin, entry -> isLeadersHeartbeat(entry, takeover.member()))
                .filter(entry -> entry.at().isBefore(begin.plus(CONFIRMATION)))
                .or(() -> takeover.proofs().stream()
                        .filter(entry -> entry.proves(BACKEND_UP))
                        .findFirst());
    }

    /** Whether it is a standby cluster's: its leader replays the WAL of another cluster, accepts no writes and opens no timeline. */
    boolean isInStandbyCluster() {
        return isInStandbyCluster;
    }

    /** Where it is the end of a standby cluster, whose leader is promoted: what showed it leading as such last. */
    Optional<Entry> lastOfStandbyCluster() {
        return takeover.byAnotherMember() || isInStandbyCluster
                ? Optional.empty()
                : chronicle
                        .last(
                                takeover.firstProof(),
                                entry -> isLeadersHeartbeat(entry, takeover.member())
                                        && !entry.mayBeLaterThan(takeover.firstProof()))
                        .filter(entry -> entry.has("role", "standby_leader"));
    }

    private boolean findInStandbyCluster() {
        boolean isPromoted =
                readyAt.isPresent() || takeover.proofs().stream().anyMatch(entry -> entry.proves(PROMOTED));
        return !isPromoted
                && Stream.concat(
                                takeover.proofs().stream(),
                                chronicle.between(
                                        takeover.firstProof(),
                                        takeover.lastProof().plus(CONFIRMATION)))
                        .anyMatch(entry -> Signs.ofStandbyLeader(entry, takeover.member()));
    }

    /** When the new leader ruled, as far as is known: the last of lock, promotion, readiness and confirmation. */
    Instant rulingAt() {
        return Stream.of(
                        lockAcquiredAt(),
                        promotedAt(),
                        readyAt(),
                        confirmation().map(Entry::at))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .orElse(takeover.lastProof());
    }

    /** The old leader streams from the new one; its heartbeat as a replica where PostgreSQL's log is missing. */
    Optional<Entry> rejoin() {
        return takeover.oldLeader().filter(old -> takeover.byAnotherMember()).flatMap(this::rejoinOf);
    }

    private Optional<Entry> rejoinOf(String old) {
        Optional<Integer> timeline = timelineAfter;
        Optional<Entry> streaming = afterwards()
                .filter(entry -> entry.by(old) && entry.proves(STREAM_STARTED))
                .filter(entry -> timeline.isEmpty() || entry.timeline().equals(timeline))
                .findFirst();
        Instant canFollow = canFollow(old);
        return streaming.or(() -> afterwards()
                .filter(entry -> !entry.at().isBefore(canFollow))
                .filter(entry -> entry.by(old)
                        && entry.proves(HEARTBEAT)
                        && entry.leader().equals(Optional.of(takeover.member()))
                        && entry.has("role", "replica"))
                .findFirst());
    }

    /** Patroni calls it a follower also while its data does not fit the new leader's; from here on nothing tells so. */
    private Instant canFollow(String old) {
        Optional<Entry> unfit = afterwards()
                .filter(entry -> entry.by(old)
                        && entry.proves(REWIND)
                        && (entry.has("reason", "DIVERGED") || entry.has("reason", "FAILED")))
                .reduce((earlier, later) -> later);
        return unfit.map(entry -> afterwards()
                        .filter(later -> later.by(old)
                                && later.at().isAfter(entry.at())
                                && (later.proves(REINIT) || later.says("patroni.rewind-done")))
                        .findFirst()
                        .map(Entry::at)
                        .orElse(Instant.MAX))
                .orElse(Instant.MIN);
    }

    /** When an old leader that had led on is stopped after all. */
    Optional<Entry> lateDemotion() {
        return takeover.oldLeader().filter(old -> takeover.byAnotherMember()).flatMap(old -> chronicle
                .between(takeover.lastProof(), until)
                .filter(entry -> entry.by(old))
                .takeWhile(entry -> !Signs.ofNewStart(entry))
                .filter(entry -> Signs.ofLateDemotion(entry) || entry.proves(DEMOTION_STARTED))
                .findFirst());
    }

    Optional<Integer> timelineAfter() {
        return timelineAfter;
    }

    /** The timeline that was streamed last before; else the one on which the old leader found itself afterwards. */
    Optional<Integer> timelineBefore() {
        return timelineBefore;
    }

    /** What its lines mean in the light of others. */
    Circumstances circumstances() {
        return circumstances;
    }

    /** When the next takeover begins; nothing of this one is later. */
    Instant end() {
        return until;
    }

    /** From the takeover to the next one, or as long as the old leader may stay away. */
    Stream<Entry> afterwards() {
        Instant latest = takeover.lastProof().plus(LONGEST_ABSENCE);
        return chronicle.between(takeover.lastProof(), latest.isBefore(until) ? latest : until);
    }

    static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
