package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.BACKEND_DOWN;
import static io.failovertimeline.model.EventKind.BACKEND_UP;
import static io.failovertimeline.model.EventKind.BOOTSTRAP;
import static io.failovertimeline.model.EventKind.HEARTBEAT;
import static io.failovertimeline.model.EventKind.STREAM_LOST;
import static io.failovertimeline.model.EventKind.STREAM_STARTED;

import io.failovertimeline.model.Component;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a line means in the light of others. */
final class Circumstances {

    /** A standby whose own leader moves to another timeline streams on within this time. */
    private static final Duration HOP = Duration.ofSeconds(2);

    /** A balancer's checks find a new leader within this time. */
    private static final Duration CHECKED = Duration.ofMinutes(2);

    /** So long without a word from Patroni, and it was not there; twice its usual round and more. */
    private static final Duration SILENCE = Duration.ofSeconds(25);

    /** From its configuration to its first look at PostgreSQL, a starting Patroni needs no longer. */
    private static final Duration START = Duration.ofSeconds(5);

    /** What a member says within this time before a word of its creation belongs to it. */
    private static final Duration CREATION = Duration.ofSeconds(60);

    private final Chronicle chronicle;

    Circumstances(Chronicle chronicle) {
        this.chronicle = chronicle;
    }

    /** Whether a primary ended a stream because it stopped in good order, rather than for a new timeline. */
    boolean orderlyEndOfStream(Entry entry) {
        return entry.proves(STREAM_LOST) && entry.has("reason", "CLEAN") && !streamsOn(entry);
    }

    /** Whether a standby lost its stream, and not only for a moment. */
    boolean lostStream(Entry entry) {
        return entry.proves(STREAM_LOST) && !streamsOn(entry);
    }

    private boolean streamsOn(Entry end) {
        return end.writer()
                .filter(standby -> chronicle
                        .between(end.at().minusMillis(1), end.at().plus(HOP))
                        .anyMatch(entry -> entry.by(standby) && entry.proves(STREAM_STARTED)))
                .isPresent();
    }

    /**
     * Whether a balancer took {@code member} out for a fault. A server whose role is the wrong one for the backend is out for good,
     * which is as it should be; it is a sign only where {@code successor} takes its place.
     */
    boolean takenOut(Entry entry, String member, String successor) {
        boolean out = entry.proves(BACKEND_DOWN) && entry.has("server", member);
        boolean forItsRole = entry.event()
                .field("reason")
                .filter(reason -> reason.contains("wrong status"))
                .isPresent();
        return out && (!forItsRole || comesUp(successor, entry));
    }

    private boolean comesUp(String server, Entry out) {
        Optional<String> backend = out.event().field("backend");
        return chronicle
                .between(out.at(), out.at().plus(CHECKED))
                .anyMatch(entry -> entry.proves(BACKEND_UP)
                        && entry.has("server", server)
                        && entry.event().field("backend").equals(backend));
    }

    /** Whether Patroni on {@code member} was heard at any time before {@code at}. */
    boolean hasSpokenBefore(String member, Instant at) {
        return chronicle
                .last(at, entry -> entry.by(member) && entry.from(Component.PATRONI))
                .isPresent();
    }

    /** Whether Patroni on {@code member} was heard so shortly before {@code at} that it can't have missed a round. */
    boolean spokeWithinARound(String member, Instant at) {
        return chronicle.patroniSpoke(member, at.minus(Runs.LONGEST_PAUSE), at.plusNanos(1));
    }

    /** Whether Patroni itself had just started on {@code member}: it reads its configuration before it looks at PostgreSQL. */
    boolean patroniStarted(String member, Instant at) {
        return chronicle
                .between(at.minus(START), at)
                .anyMatch(entry -> entry.by(member) && entry.says("patroni.configuration-read"));
    }

    /** Whether Patroni on {@code member} said nothing for long, up to {@code at}. */
    boolean silentBefore(String member, Instant at) {
        return !chronicle.patroniSpoke(member, at.minus(SILENCE), at);
    }

    /**
     * Whether {@code member} was being created at {@code at}: its creation began, and Patroni had not seen it well before. One that had
     * is created anew.
     */
    boolean duringBootstrap(String member, Instant at) {
        boolean wasWell = chronicle
                .last(at, entry -> entry.by(member) && entry.proves(HEARTBEAT) && Signs.ofHealth(entry))
                .isPresent();
        return !wasWell
                && chronicle
                        .last(at.plus(CREATION), entry -> entry.by(member) && entry.proves(BOOTSTRAP))
                        .isPresent();
    }
}
