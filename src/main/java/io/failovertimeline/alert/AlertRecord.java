package io.failovertimeline.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An alert as it stands, as the topic {@code failover-alerts} has it.
 *
 * @param fingerprint the same for the alert's life
 * @param name of its kind: {@code LeaderLost}
 * @param status whether it is so
 * @param change what this record says that the one before did not
 * @param revision from 1, grows with every change
 * @param severity {@code critical}, {@code warning} or {@code info}
 * @param cluster the Patroni scope
 * @param group what alerts of one story have in common, also when the story is told otherwise later
 * @param incident id of the incident as it stands now; empty if there is none yet
 * @param members whom it concerns
 * @param startsAt since when it is so
 * @param endsAt since when it is no longer so; empty while it is
 * @param summary one sentence
 * @param cause why; may be empty
 * @param phase the phase that the incident is in; empty if none is known
 * @param impact what clients felt; empty if that is not known
 * @param proofs the lines that say so
 * @param link the live page; empty if its address is not set
 * @param inhibitedBy the alert of this group that speaks for this one; empty if it speaks for itself
 * @param since the story's fault or first symptom
 * @param restoredAt when clients were served again; empty if that is not known
 * @param lastAt the latest that is known of the story
 */
public record AlertRecord(
        String fingerprint,
        String name,
        Status status,
        Change change,
        long revision,
        String severity,
        String cluster,
        String group,
        Optional<String> incident,
        List<String> members,
        Instant startsAt,
        Optional<Instant> endsAt,
        String summary,
        String cause,
        Optional<String> phase,
        Optional<String> impact,
        List<Proof> proofs,
        Optional<String> link,
        Optional<String> inhibitedBy,
        Instant since,
        Optional<Instant> restoredAt,
        Instant lastAt) {

    /** Whether an alert's condition holds. */
    public enum Status {
        /** It does. */
        FIRING,
        /** It did. */
        RESOLVED,
        /** It never did: later evidence tells the story otherwise. */
        WITHDRAWN
    }

    /** What a record says that the one before did not. */
    public enum Change {
        /** It is so now. */
        FIRED,
        /** The alert is told in other words, or with more of them. */
        AMENDED,
        /** It is no longer so. */
        RESOLVED,
        /** It never was. */
        WITHDRAWN
    }

    public AlertRecord {
        members = List.copyOf(members);
        proofs = List.copyOf(proofs);
    }

    /** Whether it holds now. */
    public boolean isFiring() {
        return status == Status.FIRING;
    }

    /** Whether it says the same as {@code other}; that the story goes on is no news by itself. */
    boolean saysWhat(AlertRecord other) {
        return with(status, other.change, other.revision, endsAt, inhibitedBy, other.lastAt)
                .equals(other);
    }

    AlertRecord as(Change other, long number) {
        return with(status, other, number, endsAt, inhibitedBy, lastAt);
    }

    AlertRecord withdrawn(Instant at) {
        return ended(Status.WITHDRAWN, Change.WITHDRAWN, at);
    }

    AlertRecord resolved(Instant at) {
        return ended(Status.RESOLVED, Change.RESOLVED, at);
    }

    private AlertRecord ended(Status how, Change news, Instant at) {
        Instant end = endsAt.orElse(at.isBefore(startsAt) ? startsAt : at);
        return with(how, news, revision + 1, Optional.of(end), Optional.empty(), lastAt);
    }

    AlertRecord inhibited(Optional<String> by) {
        return with(status, change, revision, endsAt, by, lastAt);
    }

    private AlertRecord with(
            Status how, Change news, long number, Optional<Instant> end, Optional<String> inhibitor, Instant latest) {
        return new AlertRecord(
                fingerprint,
                name,
                how,
                news,
                number,
                severity,
                cluster,
                group,
                incident,
                members,
                startsAt,
                end,
                summary,
                cause,
                phase,
                impact,
                proofs,
                link,
                inhibitor,
                since,
                restoredAt,
                latest);
    }
}
