package io.failovertimeline.model;

/** The part of an incident in which a request was sent. */
public enum SentIn {
    /** Before its first phase. */
    BEFORE,
    /** In this phase, or the span of phases that begins with it. */
    DETECTION,
    /** In this phase, or the span of phases that begins with it. */
    ELECTION,
    /** In this phase, or the span of phases that begins with it. */
    PROMOTION,
    /** In this phase, or the span of phases that begins with it. */
    RECOVERY,
    /** In this phase, or the span of phases that begins with it. */
    REJOIN,
    /** After its last phase. */
    AFTER,
    /** It has none. */
    NO_PHASE;

    /** The same name. */
    public static SentIn of(PhaseName phase) {
        return switch (phase) {
            case DETECTION -> DETECTION;
            case ELECTION -> ELECTION;
            case PROMOTION -> PROMOTION;
            case RECOVERY -> RECOVERY;
            case REJOIN -> REJOIN;
        };
    }
}
