package io.failovertimeline.correlate;

import io.failovertimeline.model.ClockStep;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A step of which the program that made it says how far it was: {@code System clock was stepped by -12.500000 seconds}.
 *
 * @param step as the times of other lines show it
 * @param size as the line says
 */
record NamedStep(HostStep step, Duration size) implements JudgedStep {

    /** The line may be written this long after the step. */
    private static final Duration SOON = Duration.ofMinutes(1);

    /** Lines around the step may be out of order by this, so that they seem to go back further. */
    private static final Duration JITTER = Duration.ofMillis(100);

    /** {@code step} as one of {@code words}, the host's, names it; empty if none does, or several may. */
    static Optional<HostStep> of(HostStep step, List<Entry> words) {
        Instant firstAfter = step.after().at();
        List<Duration> sizes = words.stream()
                .filter(entry -> entry.says("systemd.clock-step"))
                .filter(entry -> !entry.at().isBefore(firstAfter.minus(SOON))
                        && !entry.at().isAfter(firstAfter.plus(SOON)))
                .flatMap(entry -> seconds(entry).stream())
                .filter(size -> size.isNegative() == (step.direction() == ClockStep.Direction.BACK))
                .map(Duration::abs)
                .filter(size -> step.allows(size) || step.allows(size.plus(JITTER)))
                .distinct()
                .toList();
        return sizes.size() == 1 ? Optional.of(new NamedStep(step, sizes.get(0))) : Optional.empty();
    }

    private static Optional<Duration> seconds(Entry entry) {
        return entry.event()
                .field("seconds")
                .filter(text -> text.matches("[+-]?\\d{1,9}(\\.\\d{1,9})?"))
                .map(text ->
                        Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValue()));
    }

    @Override
    public Duration by() {
        return size;
    }

    @Override
    public Duration atMost() {
        return size;
    }
}
