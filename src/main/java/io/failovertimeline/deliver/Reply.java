package io.failovertimeline.deliver;

import java.time.Duration;
import java.util.Optional;

/**
 * What a receiver answered.
 *
 * @param status of HTTP; 0 if none came
 * @param text the beginning of the answer, or why none came
 * @param pause how long it asks to be left alone
 */
record Reply(int status, String text, Optional<Duration> pause) {

    static final Reply NOTHING_TO_DO = new Reply(204, "", Optional.empty());

    boolean isGood() {
        return status / 100 == 2;
    }

    /** Whether the same message can't ever be taken. Who may not come in, or finds nobody, waits until somebody has seen to it. */
    boolean isRefusal() {
        return status == 400 || status == 413 || status == 422;
    }
}
