package io.failovertimeline.correlate;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Names an incident after its content, so that the same evidence always gives the same name. */
public final class IncidentId {

    private static final DateTimeFormatter TO_THE_MILLISECOND =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private IncidentId() {}

    /** An incident of the cluster's leadership: {@code orders-20261122T181718.981Z}. */
    public static String of(String cluster, Instant startedAt) {
        return cluster + "-" + TO_THE_MILLISECOND.format(startedAt);
    }

    /** An incident that can run beside one of the leadership: {@code orders-20261122T181718.981Z-replica-db2}. */
    static String of(String cluster, Instant startedAt, String suffix) {
        return of(cluster, startedAt) + "-" + suffix;
    }
}
