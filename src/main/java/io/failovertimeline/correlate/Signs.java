package io.failovertimeline.correlate;

import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.CauseDetail;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.EventKind;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a line tells of its writer's condition. */
final class Signs {

    private static final Set<String> CRASH = Set.of(
            "postgresql.process-killed",
            "postgresql.abnormal-shutdown",
            "postgresql.postmaster-gone",
            "postgresql.terminating-processes",
            "postgresql.panic",
            "patroni.crashed-failing-over",
            "patroni.stopped-after-crash");

    private static final Set<String> NO_DCS = Set.of(
            "patroni.dcs-error",
            "patroni.dcs-not-accessible",
            "patroni.demoted-dcs-lost",
            "patroni.demoting-dcs-lost",
            "patroni.failsafe");

    private static final Set<String> BOOT = Set.of("systemd.journal-started", "kernel.boot");

    private Signs() {}

    /** PostgreSQL runs, and Patroni has nothing to mend. */
    static boolean ofHealth(Entry entry) {
        return entry.provesAny(EventKind.READY_RW, EventKind.READY_RO, EventKind.STREAM_STARTED)
                || (entry.proves(EventKind.HEARTBEAT)
                        && entry.event().field("role").isPresent()
                        && entry.event().field("action").isEmpty());
    }

    /** PostgreSQL, or a process of it, died. */
    static boolean ofCrash(Entry entry) {
        return CRASH.contains(entry.event().rule());
    }

    /** Patroni itself died. */
    static boolean ofPatronisDeath(Entry entry) {
        return entry.says("systemd.main-process-exited") && ofUnit(entry, "patroni");
    }

    /** Patroni finds its lock with another and stops PostgreSQL at once: one that is well lets go before others can take it. */
    static boolean ofLateDemotion(Entry entry) {
        return switch (entry.event().rule()) {
            case "patroni.demoting-lock-not-owned" -> true;
            case "patroni.demoting-mode" -> entry.has("mode", "immediate-nolock");
            case "postgresql.shutdown-requested" -> entry.has("mode", "immediate");
            default -> false;
        };
    }

    /** Somebody asked PostgreSQL, Patroni or the host to stop, and not in the hurry of a lost lock. */
    static boolean ofStop(Entry entry) {
        return switch (entry.event().rule()) {
            case "postgresql.shutdown-requested" ->
                entry.event()
                        .field("mode")
                        .filter(mode -> !mode.equals("immediate"))
                        .isPresent();
            case "systemd.stopping", "systemd.stopped", "operator.service-stopped" ->
                ofUnit(entry, "patroni") || ofUnit(entry, "postgresql");
            default -> ofHostsStop(entry);
        };
    }

    /** The host or PostgreSQL starts after something that was no orderly stop by Patroni. */
    static boolean ofNewStart(Entry entry) {
        return ofBoot(entry) || ofDatabaseDown(entry) || (entry.says("systemd.started") && ofUnit(entry, "patroni"));
    }

    /** Something is started, or found not to run yet. */
    static boolean ofStart(Entry entry) {
        return ofNewStart(entry) || entry.provesAny(EventKind.RESTARTING, EventKind.BOOTSTRAP);
    }

    /** The host was started. */
    static boolean ofBoot(Entry entry) {
        return BOOT.contains(entry.event().rule());
    }

    /** How PostgreSQL on {@code member} crashed. */
    static Reason crash(String member, Entry crash) {
        return switch (crash.event().rule()) {
            case "postgresql.process-killed", "postgresql.terminating-processes" ->
                Reason.of(
                        CauseCode.POSTGRES_CRASH,
                        CauseDetail.PROCESS_KILLED,
                        0.9,
                        "PostgreSQL on " + member + " crashed: one of its processes was killed"
                                + crash.event()
                                        .field("signal")
                                        .map(signal -> " by signal " + signal)
                                        .orElse("")
                                + ".",
                        crash);
            case "postgresql.postmaster-gone" ->
                Reason.of(
                        CauseCode.POSTGRES_CRASH,
                        CauseDetail.POSTMASTER_GONE,
                        0.9,
                        "PostgreSQL on " + member + " crashed: its main process was gone.",
                        crash);
            case "postgresql.panic" ->
                Reason.of(
                        CauseCode.POSTGRES_CRASH,
                        CauseDetail.PANIC,
                        0.9,
                        "PostgreSQL on " + member + " gave up with a PANIC.",
                        crash);
            default ->
                new Reason(
                        CauseCode.POSTGRES_CRASH,
                        Optional.empty(),
                        0.9,
                        "PostgreSQL on " + member + " crashed.",
                        List.of(crash));
        };
    }

    /** What was stopped in good order, by {@code stop} and what {@code member} wrote beside it. */
    static CauseDetail whatStopped(Collection<Entry> words) {
        if (words.stream().anyMatch(Signs::ofHostsStop)) {
            return CauseDetail.HOST_SHUT_DOWN;
        }
        return words.stream().anyMatch(entry -> ofStop(entry) && ofUnit(entry, "patroni"))
                ? CauseDetail.PATRONI_STOPPED
                : CauseDetail.POSTGRES_STOPPED;
    }

    private static boolean ofHostsStop(Entry entry) {
        return entry.says("systemd.powering-down")
                || entry.says("systemd.shutting-down")
                || entry.says("operator.power-off");
    }

    /** PostgreSQL was found not running, or to have been interrupted. */
    static boolean ofDatabaseDown(Entry entry) {
        return entry.proves(EventKind.CRASH_RECOVERY) || entry.says("patroni.postgresql-not-running");
    }

    /** None of the DCS's servers answered; one that does not answer is replaced by the next and means little. */
    static boolean ofLostDcs(Entry entry) {
        return NO_DCS.contains(entry.event().rule());
    }

    /** The line by which a leader without the DCS ran on under failsafe; empty if it gave up in spite of that, or never did. */
    static Optional<Entry> ranOn(Collection<Entry> ownWords) {
        boolean gaveUp = ownWords.stream()
                .anyMatch(entry -> entry.provesAny(EventKind.DEMOTED, EventKind.DEMOTION_STARTED) || ofCrash(entry));
        return ownWords.stream()
                .filter(entry -> entry.says("patroni.failsafe") && !gaveUp)
                .findFirst();
    }

    /** PostgreSQL runs, and something that it needs has run out. */
    static boolean ofExhaustion(Entry entry) {
        return entry.says("postgresql.disk-full")
                || entry.says("postgresql.out-of-memory")
                || entry.says("postgresql.too-many-clients");
    }

    /** A session gave up waiting for a synchronous standby. */
    static boolean ofWaitForStandby(Entry entry) {
        return entry.says("postgresql.sync-wait-cancelled");
    }

    /** A process was killed for lack of memory. */
    static boolean ofKillForMemory(Entry entry) {
        return ofMemoryShortage(entry) && !entry.from(Component.POSTGRESQL);
    }

    /** Memory ran out. */
    static boolean ofMemoryShortage(Entry entry) {
        return entry.has("reason", "OOM");
    }

    /** No room was left to write to. */
    static boolean ofFullDisk(Entry entry) {
        return entry.says("postgresql.disk-full");
    }

    /** The host could not read or write one of its disks. */
    static boolean ofFailedDisk(Entry entry) {
        return entry.says("kernel.disk-error");
    }

    /** The host's kernel gave up. */
    static boolean ofKernelPanic(Entry entry) {
        return entry.says("kernel.panic");
    }

    /** The cluster was under an operator's hand. */
    static boolean ofPause(Entry entry) {
        return entry.event().field("paused").isPresent() || entry.proves(EventKind.PAUSE);
    }

    static boolean ofUnit(Entry entry, String name) {
        return entry.event().field("unit").filter(unit -> unit.startsWith(name)).isPresent();
    }

    /** Whether {@code member} leads a standby cluster by then, by its own words or by those of one that follows it. */
    static boolean ofStandbyLeader(Entry entry, String member) {
        boolean isItsOwn = entry.by(member)
                && (entry.has("role", "standby_leader") || entry.says("patroni.standby-leader-by-lock"));
        return isItsOwn
                || (entry.says("patroni.standby-replica-heartbeat")
                        && entry.leader().filter(member::equals).isPresent());
    }
}
