package io.failovertimeline.correlate;

import static io.failovertimeline.model.CauseCode.CLEAN_SHUTDOWN;
import static io.failovertimeline.model.CauseCode.DCS_UNREACHABLE;
import static io.failovertimeline.model.CauseCode.HOST_DOWN;
import static io.failovertimeline.model.CauseCode.NETWORK_PARTITION;
import static io.failovertimeline.model.CauseCode.OPERATOR_REQUEST;
import static io.failovertimeline.model.CauseCode.PATRONI_STALLED;
import static io.failovertimeline.model.CauseCode.POSTGRES_CRASH;
import static io.failovertimeline.model.CauseCode.RESOURCE_EXHAUSTION;

import io.failovertimeline.model.AlternativeCause;
import io.failovertimeline.model.AlternativeCause.Verdict;
import io.failovertimeline.model.CauseCode;
import java.util.List;
import java.util.Optional;

/** The other causes that a person thinks of before the same picture, and what speaks against each. */
final class Alternatives {

    private final String member;
    private final Disproofs disproofs;

    /**
     * A cause that was considered and not taken.
     *
     * @param code the cause
     * @param verdict whether {@code proofs} rule it out
     * @param reason one sentence
     * @param proofs the entries that speak against it
     */
    record Rejected(CauseCode code, Verdict verdict, String reason, List<Entry> proofs) {

        AlternativeCause in(Story story) {
            return new AlternativeCause(code, verdict, reason, story.indexesOf(proofs));
        }
    }

    /** To what {@code disproofs} tells of {@code member}. */
    Alternatives(String member, Disproofs disproofs) {
        this.member = member;
        this.disproofs = disproofs;
    }

    /** Those that the picture of {@code cause} makes one think of, the likeliest to be thought of first. */
    List<Rejected> to(CauseCode cause) {
        return lookingLike(cause).stream().map(this::rejected).toList();
    }

    private static List<CauseCode> lookingLike(CauseCode cause) {
        return switch (cause) {
            case HOST_DOWN ->
                List.of(
                        NETWORK_PARTITION,
                        PATRONI_STALLED,
                        POSTGRES_CRASH,
                        CLEAN_SHUTDOWN,
                        DCS_UNREACHABLE,
                        OPERATOR_REQUEST);
            case CLEAN_SHUTDOWN -> List.of(OPERATOR_REQUEST, POSTGRES_CRASH, HOST_DOWN, NETWORK_PARTITION);
            case POSTGRES_CRASH -> List.of(RESOURCE_EXHAUSTION, HOST_DOWN, CLEAN_SHUTDOWN);
            case PATRONI_STALLED -> List.of(HOST_DOWN, NETWORK_PARTITION, POSTGRES_CRASH, DCS_UNREACHABLE);
            case DCS_UNREACHABLE -> List.of(NETWORK_PARTITION, HOST_DOWN, POSTGRES_CRASH);
            case NETWORK_PARTITION -> List.of(DCS_UNREACHABLE, HOST_DOWN, PATRONI_STALLED, CLEAN_SHUTDOWN);
            case OPERATOR_REQUEST -> List.of(POSTGRES_CRASH, HOST_DOWN);
            case RESOURCE_EXHAUSTION -> List.of(HOST_DOWN, CLEAN_SHUTDOWN);
            case UNKNOWN ->
                List.of(HOST_DOWN, NETWORK_PARTITION, PATRONI_STALLED, POSTGRES_CRASH, CLEAN_SHUTDOWN, DCS_UNREACHABLE);
        };
    }

    private Rejected rejected(CauseCode code) {
        return switch (code) {
            case HOST_DOWN -> hostDown();
            case NETWORK_PARTITION -> partition();
            case PATRONI_STALLED -> stall();
            case POSTGRES_CRASH -> crash();
            case CLEAN_SHUTDOWN -> shutdown();
            case DCS_UNREACHABLE -> lostDcs();
            case OPERATOR_REQUEST -> lessLikely(code, "no request of an operator is in the input", Optional.empty());
            case RESOURCE_EXHAUSTION ->
                lessLikely(code, "no line tells of memory or disk space running out", Optional.empty());
            case UNKNOWN -> throw new IllegalStateException("UNKNOWN is no cause to be considered");
        };
    }

    private Rejected hostDown() {
        return excluded(HOST_DOWN, member + " still wrote after the trouble had begun", disproofs.wroteMeanwhile())
                .or(() -> disproofs
                        .hostWentOn()
                        .flatMap(word -> excluded(HOST_DOWN, HostLife.wroteOn(member, word), Optional.of(word))))
                .or(() -> excluded(
                        HOST_DOWN,
                        "PostgreSQL on " + member + " had run through it all: it was stopped only afterwards",
                        disproofs.lateDemotion()))
                .or(() -> excluded(
                        HOST_DOWN,
                        "PostgreSQL on " + member + " ended its streams in good order, which a dead host can't",
                        disproofs.orderlyEnd()))
                .or(() -> excluded(
                        HOST_DOWN,
                        member + " accepted a connection without answering, so its kernel ran",
                        disproofs.acceptedWithoutAnswer()))
                .or(() -> disproofs
                        .foundByAwakePatroni()
                        .map(found -> lessLikely(
                                HOST_DOWN,
                                "Patroni on " + member + " had spoken shortly before and was not started anew",
                                Optional.of(found))))
                .or(() -> disproofs
                        .answered()
                        .map(entry -> lessLikely(
                                HOST_DOWN,
                                member + " answered its peers meanwhile; it may have been started anew by then",
                                Optional.of(entry))))
                .orElseGet(
                        () -> lessLikely(HOST_DOWN, "possible: no line shows that its host was up", Optional.empty()));
    }

    private Rejected partition() {
        return excluded(
                        NETWORK_PARTITION,
                        member + " reached the DCS: it released the leader key itself",
                        disproofs.releasedKey())
                .or(() -> excluded(
                        NETWORK_PARTITION,
                        "Patroni on " + member
                                + " never wrote that it could not reach the DCS, and then read there that its lock was lost",
                        disproofs.foundLockLost()))
                .or(() -> disproofs
                        .startedWithoutLosingDcs()
                        .map(start -> lessLikely(
                                NETWORK_PARTITION,
                                member
                                        + " wrote nothing of a lost DCS before it fell silent, and started anew afterwards",
                                Optional.of(start))))
                .or(() -> disproofs
                        .peersLostDcs()
                        .map(peer -> lessLikely(
                                NETWORK_PARTITION, "its peers could not reach the DCS either", Optional.of(peer))))
                .orElseGet(() -> lessLikely(
                        NETWORK_PARTITION,
                        "possible: no line shows that " + member + " reached the others",
                        Optional.empty()));
    }

    private Rejected stall() {
        return excluded(
                        PATRONI_STALLED,
                        "Patroni on " + member + " still wrote after the trouble had begun",
                        disproofs.patroniWroteMeanwhile())
                .orElseGet(() -> disproofs
                        .newStart()
                        .map(start -> lessLikely(
                                PATRONI_STALLED,
                                member
                                        + " started anew; only a watchdog that resets a host with a stalled Patroni looks alike",
                                Optional.of(start)))
                        .orElseGet(() -> lessLikely(
                                PATRONI_STALLED,
                                "possible: no line shows that Patroni on " + member + " was awake",
                                Optional.empty())));
    }

    private Rejected crash() {
        return excluded(
                        POSTGRES_CRASH,
                        "PostgreSQL on " + member + " ran until it was asked to stop",
                        disproofs.stopRequest().or(disproofs::lateDemotion))
                .or(() -> excluded(
                        POSTGRES_CRASH,
                        "PostgreSQL on " + member + " ended its streams in good order",
                        disproofs.orderlyEnd()))
                .or(() -> excluded(
                        POSTGRES_CRASH,
                        "more than PostgreSQL was gone: " + member + " was started anew",
                        disproofs.startOfMoreThanPostgres()))
                .orElseGet(() -> disproofs
                        .newStart()
                        .filter(start -> disproofs.patroniWroteMeanwhile().isEmpty())
                        .map(start -> lessLikely(
                                POSTGRES_CRASH,
                                "Patroni on " + member
                                        + " would have gone on to write if only PostgreSQL had been gone",
                                Optional.of(start)))
                        .orElseGet(() -> lessLikely(
                                POSTGRES_CRASH, "no line tells of a crash of PostgreSQL", Optional.empty())));
    }

    private Rejected shutdown() {
        return excluded(
                        CLEAN_SHUTDOWN,
                        "PostgreSQL on " + member + " was interrupted: a stop in good order leaves nothing to recover",
                        disproofs.interrupted())
                .or(() -> excluded(
                        CLEAN_SHUTDOWN,
                        "Patroni itself stopped PostgreSQL because it could not reach the DCS",
                        disproofs.demotedForLostDcs()))
                .or(() -> excluded(
                        CLEAN_SHUTDOWN,
                        "PostgreSQL on " + member + " ran until others had taken the lock",
                        disproofs.lateDemotion()))
                .or(() -> disproofs
                        .stopRequest()
                        .map(stop -> lessLikely(
                                CLEAN_SHUTDOWN, "it was asked to stop, but by whom is not told", Optional.of(stop))))
                .orElseGet(
                        () -> lessLikely(CLEAN_SHUTDOWN, "no line tells that it was asked to stop", Optional.empty()));
    }

    private Rejected lostDcs() {
        return excluded(
                        DCS_UNREACHABLE,
                        "the DCS was there: another member used it meanwhile",
                        disproofs.othersUsedDcs())
                .orElseGet(() -> lessLikely(
                        DCS_UNREACHABLE, "possible: no line shows that the DCS was there", Optional.empty()));
    }

    private static Optional<Rejected> excluded(CauseCode code, String reason, Optional<Entry> proof) {
        return proof.map(entry -> new Rejected(code, Verdict.EXCLUDED, reason, List.of(entry)));
    }

    private static Rejected lessLikely(CauseCode code, String reason, Optional<Entry> against) {
        return new Rejected(code, Verdict.LESS_LIKELY, reason, against.stream().toList());
    }
}
