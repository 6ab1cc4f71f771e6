package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.FAILOVER_REQUESTED;
import static io.failovertimeline.model.EventKind.HEARTBEAT;
import static io.failovertimeline.model.EventKind.LEADER_RACE;
import static io.failovertimeline.model.EventKind.LEADER_UNREACHABLE;
import static io.failovertimeline.model.EventKind.REFUSED;
import static io.failovertimeline.model.EventKind.SWITCHOVER_REQUESTED;

import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.DataLoss;
import io.failovertimeline.model.DualLeaders;
import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentBuilder;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.Mark;
import io.failovertimeline.model.Phase;
import io.failovertimeline.model.PhaseName;
import io.failovertimeline.model.Refusal;
import io.failovertimeline.model.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Tells the incident of one takeover: what kind it is, why it came, how it went, what there is to fear. */
final class TakeoverIncident {

    /** How long after the database was ready a request may still fail because of the takeover: balancers need their checks. */
    private static final Duration CLIENTS_CATCH_UP = Duration.ofSeconds(15);

    /** Sessions end this close to the line that tells of the stop of their server. */
    private static final Duration AROUND = Duration.ofSeconds(2);

    /** An operator's request is followed by the takeover within this time. */
    private static final Duration REQUEST_TAKES = Duration.ofMinutes(2);

    private final Chronicle chronicle;
    private final Takeover takeover;
    private final Optional<Takeover> previous;
    private final Instant until;
    private final Instant oldsNext;
    private final Optional<ClusterSettings> settings;
    private final Course course;

    /**
     * The incident of {@code takeover}.
     *
     * @param previous the takeover before this one
     * @param until when the next takeover begins, or {@link Instant#MAX}
     * @param oldsNext when the next one begins that concerns the old leader, or {@link Instant#MAX}
     */
    TakeoverIncident(
            Chronicle chronicle,
            Takeover takeover,
            Optional<Takeover> previous,
            Instant until,
            Instant oldsNext,
            Optional<ClusterSettings> settings) {
        this.chronicle = chronicle;
        this.takeover = takeover;
        this.previous = previous;
        this.until = until;
        this.oldsNext = oldsNext;
        this.settings = settings;
        this.course = new Course(chronicle, takeover, previous, until, settings);
    }

    /**
     * Tells it.
     *
     * @param all error windows that no other incident explains
     * @param onlyLoss whether the old leader lost the lead only this once, so that a mark without a time can't mean another loss
     * @param earlier the takeovers before this one
     * @param told the incidents before it
     */
    Incident tell(
            String cluster,
            List<Mark> marks,
            List<ErrorWindow> all,
            boolean onlyLoss,
            List<Takeover> earlier,
            List<Incident> told) {
        Windows windows = windows(all);
        Instant startedAt = course.startedAt(windows.firstFailure());
        boolean startedBySilence = course.startedBySilence(windows.firstFailure());
        Optional<Incident.LeaderLost> leaderLost = course.leaderLost();
        boolean ranOn = ranOn();
        Optional<Instant> readyAt = course.readyAt();
        boolean accepts = !ranOn && !course.isInStandbyCluster();
        Optional<Entry> confirmation = course.confirmation().filter(heartbeat -> accepts);
        Optional<Instant> readyNotAfter = readyAt.isPresent() ? Optional.empty() : confirmation.map(Entry::at);
        Optional<Instant> restoredAt =
                windows(all, course.healthyUntil(), caughtUp()).restored().map(this::notBeforeReady);
        Optional<Entry> rejoin = course.rejoin();
        Reason reason = reason(marks, onlyLoss);
        Optional<LeftBehind> leftBehind = accepts ? LeftBehind.in(chronicle, takeover, course) : Optional.empty();
        List<Alternatives.Rejected> rejected = alternatives(reason);
        List<Entry> indispensable = indispensable(startedAt, rejoin, reason);
        rejected.forEach(other -> indispensable.addAll(other.proofs()));
        leftBehind.map(LeftBehind::proofs).ifPresent(indispensable::addAll);
        Optional<BothLeading> both =
                accepts ? BothLeading.in(chronicle, takeover, course, leftBehind) : Optional.empty();
        both.map(BothLeading::proof).ifPresent(indispensable::add);
        List<Dangers.Found> dangers =
                new Dangers(chronicle, takeover, course, earlier, told).found(kind(reason), reason);
        dangers.forEach(danger -> indispensable.addAll(danger.proofs()));
        Story story = Story.of(told(startedAt, restoredAt, rejoin), indispensable);
        List<Phase> phases = Phases.cut(
                startedAt,
                ranOn
                        ? ofRunningOn()
                        : Stream.of(
                                        Phases.End.at(PhaseName.DETECTION, leaderLost.map(Incident.LeaderLost::at)),
                                        Phases.End.at(PhaseName.ELECTION, course.lockAcquiredAt()),
                                        new Phases.End(
                                                PhaseName.PROMOTION,
                                                readyAt.or(() -> readyNotAfter),
                                                readyAt.isEmpty()),
                                        Phases.End.at(PhaseName.RECOVERY, restoredAt),
                                        Phases.End.at(PhaseName.REJOIN, rejoin.map(Entry::at)))
                                .filter(end -> accepts || end.phase() != PhaseName.PROMOTION)
                                .toList());
        boolean replaced = !until.equals(Instant.MAX);
        boolean rules =
                ranOn || readyAt.isPresent() || course.confirmation().isPresent() || rejoin.isPresent() || replaced;
        return new IncidentBuilder(IncidentId.of(cluster, startedAt), cluster, kind(reason), startedAt)
                .startedInferred(startedBySilence)
                .cause(reason.in(story, rejected))
                .leaders(takeover.oldLeader(), Optional.of(takeover.member()))
                .inStandbyCluster(course.isInStandbyCluster())
                .timelines(course.timelineBefore(), course.timelineAfter())
                .lock(leaderLost, course.lockAcquiredAt())
                .promotedAt(course.promotedAt())
                .databaseReady(readyAt, readyNotAfter)
                .serviceRestoredAt(restoredAt)
                .rejoinedAt(rejoin.map(Entry::at))
                .phases(explained(phases, startedAt, leaderLost, reason.code(), windows))
                .over(rules && windows.over())
                .refusals(refusals(startedAt))
                .clientImpact(windows.impact())
                .dualLeaders(
                        both.map(found -> dualLeaders(found, story)).stream().toList())
                .dataLoss(leftBehind.map(left -> new DataLoss(
                        left.atLeast(), left.atMost(), left.endAt(), left.startAt(), story.indexesOf(left.proofs()))))
                .dangers(dangers.stream().map(danger -> danger.in(story)).toList())
                .story(story.steps(), onlyLoss ? ofOldLeader(marks) : List.of())
                .build();
    }

    /** A leader that kept PostgreSQL running under failsafe has no election and no promotion. */
    private boolean ranOn() {
        return failsafe().isPresent();
    }

    private Optional<Entry> failsafe() {
        List<Entry> ownWords = chronicle
                .between(course.healthyUntil().minusMillis(1), takeover.firstProof())
                .filter(entry -> entry.by(takeover.member()))
                .toList();
        return Signs.ranOn(ownWords).filter(word -> !takeover.byAnotherMember());
    }

    /** It has to notice that the DCS is gone, and to get it back. */
    private List<Phases.End> ofRunningOn() {
        return List.of(
                Phases.End.at(PhaseName.DETECTION, failsafe().map(Entry::at)),
                Phases.End.at(PhaseName.RECOVERY, Optional.of(takeover.firstProof())));
    }

    private List<Phase> explained(
            List<Phase> phases,
            Instant startedAt,
            Optional<Incident.LeaderLost> leaderLost,
            CauseCode cause,
            Windows windows) {
        SettingsModel.Facts facts = new SettingsModel.Facts(
                loss(leaderLost, cause),
                startedAt,
                course.lastRenewal().map(Entry::at),
                course.lockAcquiredAt(),
                takeover.member(),
                takeover.byAnotherMember(),
                peersTimedOut(),
                windows.lastFailure(),
                checksTook(startedAt),
                course.lastRenewal().map(takeover::clockErrorTo).orElse(Duration.ZERO));
        boolean ranOn = ranOn();
        return settings.map(known -> new SettingsModel(known, facts))
                .map(model -> phases.stream()
                        // how long the DCS is away is no matter of settings
                        .map(phase -> ranOn && phase.name() == PhaseName.RECOVERY ? phase : model.explained(phase))
                        .toList())
                .orElse(phases);
    }

    private Map<String, Duration> checksTook(Instant startedAt) {
        Map<String, Duration> longest = new TreeMap<>();
        chronicle
                .between(startedAt, course.rulingAt().plus(CLIENTS_CATCH_UP))
                .filter(entry -> entry.event().field("server").equals(takeover.oldLeader()))
                .forEach(entry -> entry.event().field("backend").ifPresent(backend -> entry.event()
                        .field("milliseconds")
                        .filter(digits -> digits.length() < 10)
                        .ifPresent(digits -> longest.merge(
                                backend,
                                Duration.ofMillis(Long.parseLong(digits)),
                                (a, b) -> a.compareTo(b) > 0 ? a : b))));
        return longest;
    }

    private SettingsModel.Loss loss(Optional<Incident.LeaderLost> leaderLost, CauseCode cause) {
        boolean seen = leaderLost.filter(lost -> !lost.inferred()).isPresent();
        return switch (cause) {
            case POSTGRES_CRASH -> SettingsModel.Loss.FOUND_DEAD;
            case DCS_UNREACHABLE -> takeover.byAnotherMember() ? SettingsModel.Loss.EXPIRED : SettingsModel.Loss.NO_DCS;
            case CLEAN_SHUTDOWN, OPERATOR_REQUEST -> SettingsModel.Loss.OTHER;
            case HOST_DOWN, PATRONI_STALLED, NETWORK_PARTITION, RESOURCE_EXHAUSTION, UNKNOWN ->
                seen || !takeover.byAnotherMember() ? SettingsModel.Loss.OTHER : SettingsModel.Loss.EXPIRED;
        };
    }

    private boolean peersTimedOut() {
        return chronicle
                .between(takeover.firstProof().minus(SettingsModel.ANSWER.multipliedBy(3)), takeover.lastProof())
                .anyMatch(entry -> entry.by(takeover.member())
                        && entry.proves(LEADER_UNREACHABLE)
                        && entry.from(Component.PATRONI)
                        && entry.event().text().contains("timed out"));
    }

    private DualLeaders dualLeaders(BothLeading both, Story story) {
        List<String> members = List.of(takeover.oldLeader().orElseThrow(), takeover.member());
        return new DualLeaders(members, both.from(), both.to(), both.verdict(), story.indexesOf(List.of(both.proof())));
    }

    /** What failed until balancers had found the new leader, and what an old one cut off when it stopped at last. */
    private Windows windows(List<ErrorWindow> all) {
        Windows felt = windows(all, course.healthyUntil(), caughtUp());
        return course.lateDemotion()
                .map(stop ->
                        felt.and(windows(all, stop.at().minus(AROUND), stop.at().plus(AROUND))))
                .orElse(felt);
    }

    private Instant caughtUp() {
        return course.rulingAt().plus(CLIENTS_CATCH_UP);
    }

    private Windows windows(List<ErrorWindow> all, Instant from, Instant to) {
        return Windows.within(all, from, to.isBefore(until) ? to : until);
    }

    private Instant notBeforeReady(Instant restoredAt) {
        return Course.later(
                restoredAt, course.readyAt().or(course::lockAcquiredAt).orElse(Instant.MIN));
    }

    private IncidentKind kind(Reason reason) {
        if (course.lastOfStandbyCluster().isPresent()) {
            return IncidentKind.SWITCHOVER;
        }
        if (takeover.byAnotherMember() || takeover.oldLeader().isEmpty()) {
            return reason.code() == CauseCode.OPERATOR_REQUEST ? IncidentKind.SWITCHOVER : IncidentKind.FAILOVER;
        }
        return switch (reason.code()) {
            case DCS_UNREACHABLE, NETWORK_PARTITION -> IncidentKind.DCS_OUTAGE;
            case CLEAN_SHUTDOWN, POSTGRES_CRASH, PATRONI_STALLED, OPERATOR_REQUEST, RESOURCE_EXHAUSTION ->
                candidatesRefused() ? IncidentKind.LEADERLESS : IncidentKind.LEADER_RESTART;
            case HOST_DOWN, UNKNOWN -> leaderWasMissed() ? IncidentKind.LEADERLESS : IncidentKind.LEADER_RESTART;
        };
    }

    /** Others looked for a new leader or could not, or it was away for longer than its key lives. */
    private boolean leaderWasMissed() {
        Duration life =
                settings.flatMap(ClusterSettings::ttl).map(Setting::value).orElse(ClusterAnalysis.USUAL_TTL);
        Instant from = course.healthyUntil();
        boolean missed = chronicle
                .between(from, takeover.firstProof())
                .anyMatch(entry -> !entry.by(takeover.member())
                        && (entry.provesAny(REFUSED, LEADER_RACE)
                                || Signs.ofLostDcs(entry)
                                || (entry.proves(LEADER_UNREACHABLE) && entry.from(Component.PATRONI))));
        Instant away = course.lastRenewal().map(Entry::at).orElseGet(() -> course.startedAt(Optional.empty()));
        return missed || Duration.between(away, takeover.firstProof()).compareTo(life) > 0;
    }

    private boolean candidatesRefused() {
        return chronicle
                .between(course.healthyUntil(), takeover.firstProof())
                .anyMatch(entry -> entry.proves(REFUSED) && !entry.by(takeover.member()));
    }

    private Reason reason(List<Mark> marks, boolean onlyLoss) {
        Optional<Entry> request = request();
        if (request.isPresent() && takeover.byAnotherMember()) {
            return new Reason(
                    CauseCode.OPERATOR_REQUEST,
                    Optional.empty(),
                    0.95,
                    "An operator asked for it.",
                    List.of(request.get()));
        }
        Optional<Entry> standby = course.lastOfStandbyCluster();
        if (standby.isPresent()) {
            return new Reason(
                    CauseCode.OPERATOR_REQUEST,
                    Optional.empty(),
                    0.9,
                    "The standby cluster was made a cluster of its own, which Patroni does when standby_cluster is taken"
                            + " out of its configuration: " + takeover.member() + ", which led it, was promoted.",
                    List.of(standby.get(), takeover.proofs().get(0)));
        }
        Instant lost = course.lockAcquiredAt().orElse(takeover.firstProof());
        return takeover.oldLeader()
                .map(old -> new Causes(chronicle, marks)
                        .of(new Loss(
                                old,
                                Optional.of(takeover.member()).filter(member -> takeover.byAnotherMember()),
                                course.healthyUntil(),
                                lost,
                                oldsNext,
                                course.lastRenewal(),
                                settings.flatMap(ClusterSettings::ttl).map(Setting::value),
                                course.lastRenewal().map(takeover::clockErrorTo).orElse(Duration.ZERO),
                                onlyLoss)))
                .orElseGet(() -> Reason.unknown("The input does not tell who led before."));
    }

    private List<Alternatives.Rejected> alternatives(Reason reason) {
        // requests are told by when they were sent: what failed them may have come later
        Instant startedAt = course.startedAt(Optional.empty());
        Instant over = course.lockAcquiredAt().orElse(takeover.firstProof());
        return takeover.oldLeader()
                .map(old -> new Disproofs(chronicle, old, course.healthyUntil(), startedAt, over, oldsNext))
                .map(disproofs -> new Alternatives(takeover.oldLeader().orElseThrow(), disproofs).to(reason.code()))
                .orElse(List.of());
    }

    /** The new leader deletes the request once it has the lock: that line stands for it where the old leader's are missing. */
    private Optional<Entry> request() {
        Instant from = Course.later(
                takeover.firstProof().minus(REQUEST_TAKES),
                previous.map(Takeover::lastProof).orElse(Instant.MIN));
        return chronicle
                .between(from, takeover.lastProof().plusSeconds(1))
                .filter(entry -> entry.provesAny(SWITCHOVER_REQUESTED, FAILOVER_REQUESTED)
                        || entry.says("patroni.failover-key-after-lock"))
                .findFirst();
    }

    private List<Entry> told(Instant startedAt, Optional<Instant> restoredAt, Optional<Entry> rejoin) {
        Instant end = Stream.of(restoredAt, rejoin.map(Entry::at), Optional.of(takeover.lastProof()))
                .flatMap(Optional::stream)
                .reduce(course.rulingAt(), Course::later);
        Instant from = startedAt.minusSeconds(1);
        Instant to = end.isAfter(until) ? until : end;
        Stream<Entry> logged = chronicle
                .between(from, to)
                .filter(entry -> entry.mayBeLaterThan(startedAt))
                .filter(entry -> !entry.proves(HEARTBEAT) || tellsOfTheTakeover(entry))
                .filter(entry -> !entry.says("patroni.slot-dropped"));
        return Stream.concat(logged, chronicle.stated(from, to)).toList();
    }

    private boolean tellsOfTheTakeover(Entry heartbeat) {
        return !heartbeat.at().isBefore(takeover.firstProof())
                && course.confirmation()
                        .filter(confirmed -> !confirmed.at().isBefore(heartbeat.at()))
                        .isPresent();
    }

    /** How things stood before, what proves the cause, the confirmed new leader, and the old one's return. */
    private List<Entry> indispensable(Instant startedAt, Optional<Entry> rejoin, Reason reason) {
        List<Entry> entries = new ArrayList<>(takeover.proofs());
        entries.addAll(reason.proofs());
        takeover.oldLeader()
                .flatMap(old -> chronicle.last(
                        startedAt,
                        entry -> entry.proves(HEARTBEAT)
                                && entry.leader().filter(old::equals).isPresent()
                                && entry.event().field("role").isPresent()))
                .filter(entry -> entry.at().isAfter(startedAt.minus(Course.LOOK_BACK)))
                .ifPresent(entries::add);
        course.confirmation().ifPresent(entries::add);
        rejoin.ifPresent(entries::add);
        return entries;
    }

    private List<Refusal> refusals(Instant startedAt) {
        return chronicle
                .between(startedAt.minusMillis(1), takeover.lastProof())
                .filter(entry -> entry.proves(REFUSED))
                .flatMap(entry -> entry.peer().or(entry::writer).stream()
                        .map(candidate -> new Refusal(
                                candidate,
                                entry.at(),
                                entry.event().field("reason").orElse("UNKNOWN"),
                                entry.event().origin())))
                .toList();
    }

    private List<Mark> ofOldLeader(List<Mark> marks) {
        return marks.stream()
                .filter(mark -> mark.host().equals(takeover.oldLeader()))
                .sorted(Comparator.comparing(Mark::text).thenComparing(Mark::origin))
                .toList();
    }
}
