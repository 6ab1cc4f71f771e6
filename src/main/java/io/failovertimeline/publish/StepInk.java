package io.failovertimeline.publish;

import io.failovertimeline.model.EventKind;
import io.failovertimeline.publish.Page.Ink;
import java.util.Optional;

/** What a step looks like: losses red, gains green, routine dim. */
final class StepInk {

    private StepInk() {}

    static Optional<Ink> of(Optional<EventKind> kind) {
        return kind.isEmpty() ? Optional.of(Ink.DIM) : kind.flatMap(StepInk::of);
    }

    private static Optional<Ink> of(EventKind kind) {
        return switch (kind) {
            case FAULT_SIGNAL,
                    LEADER_UNREACHABLE,
                    LOCK_LOST,
                    LOCK_RELEASED,
                    DEMOTION_STARTED,
                    DEMOTED,
                    PROMOTION_FAILED,
                    DCS_LOST,
                    FAILSAFE,
                    STREAM_LOST,
                    REPLICA_GONE,
                    BACKEND_DOWN -> Optional.of(Ink.RED);
            case LOCK_ACQUIRED, PROMOTED, READY_RW, READY_RO, DCS_BACK, STREAM_STARTED, BACKEND_UP ->
                Optional.of(Ink.GREEN);
            case SWITCHOVER_REQUESTED, FAILOVER_REQUESTED, RESTART_REQUESTED, PAUSE, REFUSED -> Optional.of(Ink.YELLOW);
            case HEARTBEAT,
                    HOST_WENT_ON,
                    NOISE,
                    RESTARTING,
                    REWIND,
                    REINIT,
                    CRASH_RECOVERY,
                    WATCHDOG,
                    CLIENT_ERROR,
                    BOOTSTRAP -> Optional.of(Ink.DIM);
            case LEADER_RACE,
                    RACE_LOST,
                    PROMOTION_STARTED,
                    DCS_ELECTION,
                    FOLLOWING,
                    SYNC_CHANGED,
                    VIP_MOVED,
                    LOOP_TIME_EXCEEDED -> Optional.empty();
        };
    }
}
