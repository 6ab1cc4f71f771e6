package io.failovertimeline.correlate;

import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.CauseDetail;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.EventKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What an old leader's own lines, up to the loss of its lock, tell of the reason. */
final class OwnWords {

    static final String SILENT_THEN_STARTED = " went silent without a word of stopping, and started anew afterwards.";

    static final String RAN_ON = " ran on as leader under failsafe, so writes were accepted all along.";

    /** How close to a takeover a line stands that is of the same moment. */
    private static final Duration AROUND = Duration.ofSeconds(2);

    private final Chronicle chronicle;
    private final Circumstances circumstances;
    private final Loss loss;
    private final String old;
    private final List<Entry> words;

    OwnWords(Chronicle chronicle, Loss loss) {
        this.chronicle = chronicle;
        this.circumstances = new Circumstances(chronicle);
        this.loss = loss;
        this.old = loss.old();
        this.words = chronicle
                .between(loss.healthyUntil().minusMillis(1), loss.lost())
                .filter(entry -> entry.by(old))
                .toList();
    }

    /** The most telling of them; empty if none tells. */
    Optional<Reason> reason() {
        return shortage()
                .or(this::failureOfHost)
                .or(this::crash)
                .or(this::patronisDeath)
                .or(this::brokenByHand)
                .or(this::wokenUpWithoutDcs)
                .or(this::stopOrLostDcs)
                .or(this::gone);
    }

    private Optional<Reason> shortage() {
        return first(Signs::ofKillForMemory)
                .map(entry -> Reason.of(
                        CauseCode.RESOURCE_EXHAUSTION,
                        CauseDetail.OUT_OF_MEMORY,
                        0.9,
                        "A process on " + old + " was killed for lack of memory.",
                        entry))
                .or(() -> first(Signs::ofFullDisk)
                        .map(entry -> Reason.of(
                                CauseCode.RESOURCE_EXHAUSTION,
                                CauseDetail.DISK_FULL,
                                0.85,
                                "PostgreSQL on " + old + " had no room left on its disk.",
                                entry)));
    }

    private Optional<Reason> failureOfHost() {
        return first(Signs::ofKernelPanic)
                .map(entry -> Reason.of(
                        CauseCode.HOST_DOWN,
                        CauseDetail.KERNEL_PANIC,
                        0.95,
                        "The kernel of " + old + " gave up.",
                        entry))
                .or(() -> first(Signs::ofFailedDisk)
                        .map(entry -> Reason.of(
                                CauseCode.RESOURCE_EXHAUSTION,
                                CauseDetail.DISK_FAILED,
                                0.7,
                                "A disk of " + old + " could not be read or written, by its kernel's words.",
                                entry)));
    }

    private Optional<Reason> crash() {
        return first(Signs::ofCrash).map(entry -> Signs.crash(old, entry));
    }

    private Optional<Reason> patronisDeath() {
        return first(Signs::ofPatronisDeath)
                .filter(death -> first(Signs::ofStop)
                        .filter(stop -> stop.at().isBefore(death.at()))
                        .isEmpty())
                .map(entry -> Reason.of(
                        CauseCode.PATRONI_STALLED,
                        CauseDetail.PATRONI_DIED,
                        0.8,
                        "Patroni on " + old + " died.",
                        entry));
    }

    private Optional<Reason> brokenByHand() {
        return words.stream()
                .flatMap(entry -> ByHand.of(entry.event().rule(), entry.event().text()).stream()
                        .filter(done -> done.code() != CauseCode.CLEAN_SHUTDOWN)
                        .map(done -> Reason.of(
                                done.code(),
                                done.detail(),
                                0.85,
                                "It was done on " + old + " by hand: "
                                        + entry.event().text().strip(),
                                entry)))
                .findFirst();
    }

    /** A Patroni that is cut off complains within a round; one that stood still finds its connections dead when it goes on. */
    private Optional<Reason> wokenUpWithoutDcs() {
        return stopOr(entry -> entry.proves(EventKind.DCS_LOST))
                .filter(entry -> Signs.ofLostDcs(entry)
                        && loss.toAnother()
                        && circumstances.silentBefore(old, entry.at())
                        && circumstances.hasSpokenBefore(old, entry.at()))
                .map(entry -> Reason.of(
                        CauseCode.PATRONI_STALLED,
                        CauseDetail.FROZEN,
                        0.7,
                        "Patroni on " + old
                                + " said nothing for long, and found its connections to the DCS dead when it"
                                + " went on.",
                        entry));
    }

    private Optional<Reason> stopOrLostDcs() {
        return stopOr(this::isLossOfDcs).map(entry -> Signs.ofStop(entry) ? stop(entry) : lostDcs(entry));
    }

    /** A lock that can't be renewed is lost to the DCS, too, if its servers did not answer. */
    private boolean isLossOfDcs(Entry entry) {
        return Signs.ofLostDcs(entry)
                || (entry.says("patroni.update-lock-failed")
                        && words.stream()
                                .takeWhile(earlier -> !earlier.equals(entry))
                                .anyMatch(earlier -> earlier.proves(EventKind.DCS_LOST)));
    }

    /** What came first; where stamps leave it open, Patroni stopped PostgreSQL for the trouble. */
    private Optional<Entry> stopOr(Predicate<Entry> trouble) {
        Optional<Entry> blow = first(entry -> Signs.ofStop(entry) || trouble.test(entry));
        return blow.flatMap(stop -> first(entry -> trouble.test(entry) && stop.mayBeLaterThan(entry.at())))
                .or(() -> blow);
    }

    /** The same member led again, or wrote on before it lost the lead: its own words tell what went away. */
    private Optional<Reason> gone() {
        return first(Signs::ofBoot)
                .map(boot -> restarted(0.9, boot))
                .or(() -> first(Signs::ofDatabaseDown).flatMap(this::downInPause))
                .or(() -> first(Signs::ofDatabaseDown).flatMap(this::downInHaste))
                .or(() -> first(Signs::ofDatabaseDown)
                        .map(down -> circumstances.silentBefore(old, down.at())
                                        || circumstances.patroniStarted(old, down.at())
                                ? restarted(0.6, down)
                                : Reason.of(
                                        CauseCode.POSTGRES_CRASH,
                                        CauseDetail.POSTMASTER_GONE,
                                        0.85,
                                        "PostgreSQL on " + old + " was gone while its host and Patroni went on.",
                                        down)));
    }

    /** Patroni stops PostgreSQL so when it must not lead any longer; it is no crash, though PostgreSQL has to recover as from one. */
    private Optional<Reason> downInHaste(Entry down) {
        return first(entry -> entry.says("postgresql.shutdown-requested") && entry.has("mode", "immediate"))
                .filter(stop -> !down.at().isBefore(stop.at()))
                .map(stop -> Reason.unknown(
                        "PostgreSQL on " + old
                                + " was stopped in haste, as Patroni does when it loses the lead; why it did is not"
                                + " told.",
                        stop,
                        down));
    }

    private Reason restarted(double confidence, Entry start) {
        return Reason.of(CauseCode.HOST_DOWN, CauseDetail.HOST_RESTARTED, confidence, old + SILENT_THEN_STARTED, start);
    }

    /** While paused, Patroni neither stops PostgreSQL nor starts it. */
    private Optional<Reason> downInPause(Entry down) {
        return first(Signs::ofPause)
                .filter(paused -> !circumstances.patroniStarted(old, down.at()))
                .map(paused -> Reason.of(
                        CauseCode.OPERATOR_REQUEST,
                        CauseDetail.STOPPED_IN_PAUSE,
                        0.6,
                        "PostgreSQL on " + old
                                + " was gone while the cluster was paused, and nothing tells of a crash: stopped by hand.",
                        paused,
                        down));
    }

    /**
     * PostgreSQL's log does not tell who asked it to stop: Patroni does so, too, when it is cut off. Then no standby sees the end of
     * the stream.
     */
    private Reason stop(Entry stop) {
        if (words.stream().anyMatch(Signs::ofPause)) {
            return Reason.of(
                    CauseCode.OPERATOR_REQUEST,
                    CauseDetail.STOPPED_IN_PAUSE,
                    0.8,
                    "PostgreSQL on " + old + " was stopped by hand while the cluster was paused.",
                    stop);
        }
        boolean patroniIsHeard = words.stream().anyMatch(entry -> entry.from(Component.PATRONI));
        boolean onlyPostgres = stop.from(Component.POSTGRESQL) && !patroniIsHeard;
        Optional<Reason> cutOff = onlyPostgres && loss.toAnother() ? neverSeenToEnd(stop) : Optional.empty();
        Optional<Reason> notItsOwnWill = cutOff.or(() -> onlyPostgres ? demoted(stop) : Optional.empty());
        return notItsOwnWill.orElseGet(() -> inGoodOrder(stop, onlyPostgres ? 0.7 : 0.9));
    }

    private Reason inGoodOrder(Entry stop, double confidence) {
        CauseDetail detail = Signs.whatStopped(words);
        String explanation = detail == CauseDetail.HOST_SHUT_DOWN
                ? "The host of " + old + " was shut down in good order."
                : (detail == CauseDetail.PATRONI_STOPPED ? "Patroni" : "PostgreSQL") + " on " + old
                        + " was asked to stop and stopped in good order.";
        return Reason.of(CauseCode.CLEAN_SHUTDOWN, detail, confidence, explanation, stop);
    }

    private Optional<Reason> neverSeenToEnd(Entry stop) {
        return chronicle
                .between(stop.at(), loss.lost().plus(AROUND))
                .filter(entry -> entry.says("postgresql.receiver-stopped") && !entry.by(old))
                .findFirst()
                .filter(cut -> new PeersWords(chronicle, loss).endOfStream().isEmpty())
                .map(cut -> Reason.unknown(
                        "PostgreSQL on " + old
                                + " was asked to stop, and its standby never saw the end of it: as after a partition."
                                + " Patroni's log would tell.",
                        stop,
                        cut));
    }

    private Optional<Reason> demoted(Entry stop) {
        return chronicle
                .between(stop.at(), loss.lost())
                .filter(entry -> entry.by(old) && entry.says("postgresql.standby-mode"))
                .findFirst()
                .map(startedAgain -> Reason.unknown(
                        "PostgreSQL on " + old
                                + " was asked to stop and was a standby before anybody took over: Patroni demoted it."
                                + " Patroni's log would tell why.",
                        stop,
                        startedAgain));
    }

    private Reason lostDcs(Entry entry) {
        DcsReach reach = new DcsReach(chronicle, old, entry.at(), loss.lost());
        Optional<Entry> peer = reach.lostByPeer();
        if (peer.isEmpty() && loss.toAnother()) {
            return partition(entry);
        }
        Optional<Entry> failsafe = Signs.ranOn(words);
        Optional<Entry> reached = peer.isPresent() ? Optional.empty() : reach.reachedByPeer();
        String who = peer.isPresent()
                ? old + " and its peers could not reach the DCS"
                : old + " could not reach the DCS"
                        + reached.flatMap(Entry::writer)
                                .map(other -> " while " + other + " could")
                                .orElse("");
        return new Reason(
                CauseCode.DCS_UNREACHABLE,
                peer.map(lost -> CauseDetail.DCS_DOWN).or(() -> reached.map(word -> CauseDetail.CUT_OFF_FROM_DCS)),
                0.85,
                who + failsafe.map(ranOn -> "; " + old + RAN_ON).orElse("."),
                Stream.of(Optional.of(entry), peer, reached, failsafe)
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** Who takes over has reached the DCS. Whether the old leader was cut off from its peers as well, their calls to it tell. */
    private Reason partition(Entry entry) {
        PeersWords peers = new PeersWords(chronicle, loss);
        Optional<Entry> reached = peers.endOfStream();
        Optional<Entry> inVain = peers.callInVain();
        Optional<CauseDetail> detail = reached.map(end -> CauseDetail.CUT_OFF_FROM_DCS)
                .or(() -> inVain.map(call -> CauseDetail.CUT_OFF_FROM_ALL));
        String alsoFromPeers = reached.isEmpty() && inVain.isPresent() ? ", and its peers could not reach it" : "";
        return new Reason(
                CauseCode.NETWORK_PARTITION,
                detail,
                0.8,
                old + " could not reach the DCS while its peers could" + alsoFromPeers + ".",
                List.of(entry));
    }

    private Optional<Entry> first(Predicate<Entry> condition) {
        return words.stream().filter(condition).findFirst();
    }
}
