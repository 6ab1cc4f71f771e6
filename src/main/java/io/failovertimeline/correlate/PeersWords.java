package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.LEADER_UNREACHABLE;
import static io.failovertimeline.model.EventKind.STREAM_LOST;

import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.CauseDetail;
import io.failovertimeline.model.Component;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What others' lines tell of the reason for which a leader lost its lock. */
final class PeersWords {

    /** How close to a takeover a line stands that is of the same moment. */
    private static final Duration AROUND = Duration.ofSeconds(2);

    /** From the end of a stream to the taking of a key that was let go of, with hosts' clocks a little apart. */
    private static final Duration LETTING_GO = Duration.ofSeconds(5);

    private final Chronicle chronicle;
    private final Circumstances circumstances;
    private final Loss loss;

    PeersWords(Chronicle chronicle, Loss loss) {
        this.chronicle = chronicle;
        this.circumstances = new Circumstances(chronicle);
        this.loss = loss;
    }

    /** The most telling of them; unknown if none tells. */
    Reason reason() {
        return orderlyEnd().or(this::patroniAlone).or(this::answered).orElseGet(this::unreachable);
    }

    /** Calls to the old leader that failed. */
    List<Entry> failedCalls() {
        return chronicle
                .between(loss.healthyUntil(), loss.lost())
                .filter(entry -> entry.proves(LEADER_UNREACHABLE) && entry.about(loss.old()))
                .toList();
    }

    /** A call to the old leader's Patroni that got neither an answer nor a refusal, both of which only a reachable host gives. */
    Optional<Entry> callInVain() {
        return failedCalls().stream()
                .filter(entry -> entry.from(Component.PATRONI) && !entry.has("reason", "REFUSED"))
                .findFirst();
    }

    /** The end of a stream that only a stop in good order has. */
    Optional<Entry> endOfStream() {
        return chronicle
                .between(loss.healthyUntil().minusMillis(1), loss.lost())
                .filter(entry -> !entry.by(loss.old()) && circumstances.orderlyEndOfStream(entry))
                .findFirst();
    }

    /** Patroni that is stopped lets go of its key when PostgreSQL has stopped; one that gives up its lead for lack of the DCS can't. */
    private Optional<Reason> orderlyEnd() {
        return endOfStream()
                .map(end -> Duration.between(end.at(), loss.lost()).compareTo(LETTING_GO) <= 0
                        ? Reason.of(
                                CauseCode.CLEAN_SHUTDOWN,
                                CauseDetail.POSTGRES_STOPPED,
                                0.7,
                                "PostgreSQL on " + loss.old()
                                        + " ended its streams as it does when it stops in good order.",
                                end)
                        : Reason.unknown(
                                "PostgreSQL on " + loss.old()
                                        + " stopped in good order, but its leader key was not let go of, as it is at a shutdown:"
                                        + " Patroni may have stopped it because it could not reach the DCS.",
                                end));
    }

    /** Its host refused its peers' calls to Patroni, and PostgreSQL on it streamed until its standby ended that to be promoted. */
    private Optional<Reason> patroniAlone() {
        List<Entry> seen = chronicle
                .between(loss.healthyUntil(), loss.lost().plus(AROUND))
                .filter(entry -> loss.taker().filter(entry::by).isPresent())
                .toList();
        Optional<Entry> ended = first(
                        seen, entry -> entry.proves(STREAM_LOST) || entry.says("postgresql.receiver-stopped"))
                .filter(entry -> !entry.proves(STREAM_LOST));
        return first(
                        seen,
                        entry -> entry.about(loss.old())
                                && entry.from(Component.PATRONI)
                                && entry.has("reason", "REFUSED"))
                .flatMap(refused -> ended.map(end -> Reason.of(
                        CauseCode.PATRONI_STALLED,
                        CauseDetail.SILENT_BUT_UP,
                        0.6,
                        "Patroni on " + loss.old()
                                + " was gone, but not its host, which refused the connection; PostgreSQL"
                                + " on it streamed until the standby ended that itself.",
                        refused,
                        end)));
    }

    /** A host whose Patroni answers is not down. */
    private Optional<Reason> answered() {
        List<Entry> asked = chronicle
                .between(loss.healthyUntil(), loss.lost())
                .filter(entry -> entry.about(loss.old()) && entry.from(Component.PATRONI))
                .toList();
        Optional<Entry> answer =
                first(asked, entry -> entry.event().field("state").isPresent());
        Optional<Entry> accepted = first(asked, entry -> entry.has("reason", "UNANSWERED"));
        return answer.map(entry -> Reason.unknown(
                        "Patroni on " + loss.old() + " answered that its PostgreSQL was "
                                + entry.event().field("state").orElseThrow() + ", so the host was up; why is not told.",
                        entry))
                .or(() -> accepted.map(entry -> Reason.of(
                        CauseCode.PATRONI_STALLED,
                        CauseDetail.SILENT_BUT_UP,
                        0.5,
                        "Patroni on " + loss.old()
                                + " accepted a connection and did not answer, so its host was up; why it stood still is not told.",
                        entry)));
    }

    private Reason unreachable() {
        return failedCalls().stream()
                .filter(call -> !call.has("reason", "REFUSED"))
                .findFirst()
                .map(call -> Reason.of(
                        CauseCode.HOST_DOWN,
                        CauseDetail.HOST_UNREACHABLE,
                        0.5,
                        loss.old()
                                + " could not be reached by its peers and says nothing itself; a stalled Patroni or a cut network"
                                + " is not excluded.",
                        call))
                .or(() -> failedCalls().stream().findFirst().map(this::refused))
                .orElseGet(() -> Reason.unknown("The input does not tell why " + loss.old() + " stopped leading."));
    }

    /** What answers with a refusal is up; that nothing on it is left is all that can be told of what runs on it. */
    private Reason refused(Entry call) {
        return chronicle
                .between(loss.healthyUntil(), loss.lost().plus(AROUND))
                .filter(entry -> !entry.by(loss.old()) && circumstances.lostStream(entry))
                .findFirst()
                .map(broken -> Reason.of(
                        CauseCode.HOST_DOWN,
                        CauseDetail.HOST_UNREACHABLE,
                        0.5,
                        "Patroni and PostgreSQL on " + loss.old()
                                + " were gone without a word of either, as when their host is; that both died on a host that"
                                + " ran on is not excluded.",
                        call,
                        broken))
                .orElseGet(() -> Reason.unknown(
                        "No Patroni ran on " + loss.old()
                                + ", whose host refused its peers' calls. Why, the input does not tell.",
                        call));
    }

    private static Optional<Entry> first(List<Entry> entries, Predicate<Entry> condition) {
        return entries.stream().filter(condition).findFirst();
    }
}
