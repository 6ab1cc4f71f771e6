package io.failovertimeline.model;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The longest outages (RTO) that are tolerated.
 *
 * @param forAll of clusters that have none of their own; empty if there is no such target
 * @param byCluster of single clusters
 */
public record RecoveryTargets(Optional<Duration> forAll, SortedMap<String, Duration> byCluster) {

    private static final Pattern DURATION =
            Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m(?!s))?(?:(\\d{1,6})s)?(?:(\\d{1,9})ms)?");

    /** No target is set. */
    public static final RecoveryTargets NONE = new RecoveryTargets(Optional.empty(), new TreeMap<>());

    public RecoveryTargets {
        byCluster = new TreeMap<>(byCluster);
    }

    /**
     * Reads {@code 30s}, for all clusters, and {@code batman=1m30s}, for one.
     *
     * @throws IllegalArgumentException if some are neither; the message names the first
     */
    public static RecoveryTargets parse(Collection<String> texts) {
        Optional<Duration> forAll = Optional.empty();
        SortedMap<String, Duration> byCluster = new TreeMap<>();
        for (String text : texts) {
            int end = text.lastIndexOf('=');
            Duration target = duration(text.substring(end + 1).strip())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'" + text.substring(end + 1) + "' is no time such as 30s, 1m30s or 500ms"));
            if (end < 0) {
                forAll = Optional.of(target);
            } else {
                byCluster.put(text.substring(0, end).strip(), target);
            }
        }
        return new RecoveryTargets(forAll, byCluster);
    }

    private static Optional<Duration> duration(String text) {
        Matcher parts = DURATION.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofHours(number(parts.group(1)))
                .plusMinutes(number(parts.group(2)))
                .plusSeconds(number(parts.group(3)))
                .plusMillis(number(parts.group(4))));
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** The target of {@code cluster}; empty if there is none. */
    public Optional<Duration> of(String cluster) {
        return Optional.ofNullable(byCluster.get(cluster)).or(() -> forAll);
    }
}
