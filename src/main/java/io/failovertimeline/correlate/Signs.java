package io.failovertimeline.correlate;

import io.failovertimeline.model.EventKind;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** What a line tells of its writer's condition. */
final class Signs {

    private static final Set<String> CRASH = Set.of(
            "postgresql.process-killed",
            "postgresql.abnormal-shutdown",
            "postgresql.postmaster-gone",
            "postgresql.terminating-processes",
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
            case "patroni.demoting-mode" ->
                entry.event().field("mode").filter("immediate-nolock"::equals).isPresent();
            case "postgresql.shutdown-requested" ->
                entry.event().field("mode").filter("immediate"::equals).isPresent();
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
            case "systemd.powering-down", "systemd.shutting-down", "operator.power-off" -> true;
            default -> false;
        };
    }

    /** The host or PostgreSQL starts after something that was no orderly stop by Patroni. */
    static boolean ofNewStart(Entry entry) {
        return ofBoot(entry) || ofDatabaseDown(entry) || (entry.says("systemd.started") && ofUnit(entry, "patroni"));
    }

    /** The host was started. */
    static boolean ofBoot(Entry entry) {
        return BOOT.contains(entry.event().rule());
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

    /** A process was killed for lack of memory. */
    static boolean ofMemoryShortage(Entry entry) {
        return entry.event().field("reason").filter("OOM"::equals).isPresent();
    }

    /** No room was left to write to. */
    static boolean ofFullDisk(Entry entry) {
        return entry.event().field("reason").filter("DISK"::equals).isPresent();
    }

    /** The cluster was under an operator's hand. */
    static boolean ofPause(Entry entry) {
        return entry.event().field("paused").isPresent() || entry.proves(EventKind.PAUSE);
    }

    private static boolean ofUnit(Entry entry, String name) {
        return entry.event().field("unit").filter(unit -> unit.startsWith(name)).isPresent();
    }
}
