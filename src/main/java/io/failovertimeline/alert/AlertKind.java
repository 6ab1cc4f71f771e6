package io.failovertimeline.alert;

import java.util.Optional;
import java.util.stream.Stream;

/** What there is to alert of; of several alerts of one group that fire, the first in this order speaks for all. */
public enum AlertKind {
    /** Two members accepted writes at once, or opened the same timeline id. */
    SPLIT_BRAIN("SplitBrain", AlertSeverity.CRITICAL),
    /** Another member took the lock; clients are not served yet. */
    FAILOVER_IN_PROGRESS("FailoverInProgress", AlertSeverity.CRITICAL),
    /** Nobody leads, and candidates have refused for too long. */
    NO_CANDIDATE("NoCandidate", AlertSeverity.CRITICAL),
    /** The consensus store can't be reached. */
    DCS_UNAVAILABLE("DcsUnavailable", AlertSeverity.CRITICAL),
    /** Nobody leads. */
    LEADER_LOST("LeaderLost", AlertSeverity.CRITICAL),
    /** The leader changed again and again within a short time. */
    FLAPPING("Flapping", AlertSeverity.CRITICAL),
    /** Clients have failed for longer than their budget. */
    OUTAGE_OVER_BUDGET("OutageOverBudget", AlertSeverity.CRITICAL),
    /** A failover is over, clients are served. */
    FAILOVER_COMPLETED("FailoverCompleted", AlertSeverity.WARNING),
    /** The new leader may lack WAL of the old one, which is not rewound yet. */
    DATA_LOSS_POSSIBLE("DataLossPossible", AlertSeverity.WARNING),
    /** A replica is gone, or the old leader is not back. */
    REDUNDANCY_LOST("RedundancyLost", AlertSeverity.WARNING),
    /** A switchover that an operator asked for is over. */
    SWITCHOVER_COMPLETED("SwitchoverCompleted", AlertSeverity.INFO),
    /** No line comes from a host that wrote regularly: it can't be told what happens there. */
    SOURCE_SILENT("SourceSilent", AlertSeverity.WARNING),
    /** Something could have become an incident and did not. */
    NEAR_MISS("NearMiss", AlertSeverity.INFO);

    private final String label;
    private final AlertSeverity usualSeverity;

    AlertKind(String label, AlertSeverity usualSeverity) {
        this.label = label;
        this.usualSeverity = usualSeverity;
    }

    /** Its name in settings, labels and messages: {@code LeaderLost}. */
    public String label() {
        return label;
    }

    /** Its severity unless the settings say otherwise. */
    public AlertSeverity usualSeverity() {
        return usualSeverity;
    }

    /** Whether it is a story of its own and never part of an incident's. */
    boolean standsAlone() {
        return this == SOURCE_SILENT || this == NEAR_MISS;
    }

    /** What {@code label} names; empty if nothing. */
    public static Optional<AlertKind> of(String label) {
        return Stream.of(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }
}
