package io.failovertimeline.correlate;

import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.CauseDetail;
import java.util.Optional;

/**
 * What a command does to the member on whose host it is given.
 *
 * @param code the cause that it makes
 * @param detail what it is more exactly
 */
record ByHand(CauseCode code, CauseDetail detail) {

    /** What the command does that an entry of the catalog for operators took; empty if that does not break a member. */
    static Optional<ByHand> of(String rule, String command) {
        return switch (rule) {
            case "operator.power-off" -> of(CauseCode.CLEAN_SHUTDOWN, CauseDetail.HOST_SHUT_DOWN);
            case "operator.service-stopped" ->
                of(CauseCode.CLEAN_SHUTDOWN, CauseDetail.PATRONI_STOPPED)
                        .filter(stop -> command.contains("patroni"))
                        .or(() -> of(CauseCode.CLEAN_SHUTDOWN, CauseDetail.POSTGRES_STOPPED)
                                .filter(stop -> command.contains("postgres")));
            case "operator.killed" -> killed(command);
            case "operator.network-cut" -> of(CauseCode.NETWORK_PARTITION, CauseDetail.CUT_OFF_FROM_ALL);
            default -> Optional.empty();
        };
    }

    private static Optional<ByHand> killed(String command) {
        if (command.contains("patroni")) {
            return of(
                    CauseCode.PATRONI_STALLED,
                    command.contains("STOP") ? CauseDetail.FROZEN : CauseDetail.PATRONI_DIED);
        }
        return of(CauseCode.POSTGRES_CRASH, CauseDetail.PROCESS_KILLED).filter(kill -> command.contains("postgres"));
    }

    private static Optional<ByHand> of(CauseCode code, CauseDetail detail) {
        return Optional.of(new ByHand(code, detail));
    }
}
