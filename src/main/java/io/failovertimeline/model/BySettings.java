package io.failovertimeline.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long a phase had to take by the settings that govern it.
 *
 * @param atLeast the best case
 * @param expected the case to be expected, with what is known of this incident
 * @param atMost the worst case
 * @param verdict whether the phase lies between best and worst case
 * @param shares what each setting adds
 */
public record BySettings(Duration atLeast, Duration expected, Duration atMost, Verdict verdict, List<Share> shares) {

    public BySettings {
        shares = List.copyOf(shares);
    }

    /** How a phase compares with what its settings allow. */
    public enum Verdict {
        /** Between best and worst case, as far as its ends are known. */
        WITHIN,
        /** Shorter than the best case. */
        SHORTER,
        /** Longer than the worst case. */
        LONGER
    }

    /** How a value is known. */
    public enum Basis {
        /** It stands in a configuration or a dump. */
        STATED,
        /** Heartbeats show it. */
        ESTIMATED,
        /** The program has it built in. */
        BUILT_IN
    }

    /**
     * What one setting adds.
     *
     * @param setting its name
     * @param value its value, as in {@code 20 s}
     * @param basis how it is known
     * @param origin where it stands; empty if it is not {@link Basis#STATED}
     * @param atLeast in the best case
     * @param expected in the case to be expected
     * @param atMost in the worst case
     * @param explanation in a few words
     */
    public record Share(
            String setting,
            String value,
            Basis basis,
            Optional<Origin> origin,
            Duration atLeast,
            Duration expected,
            Duration atMost,
            String explanation) {}
}
