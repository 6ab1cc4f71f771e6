package io.failovertimeline.model;

import java.util.Optional;
import java.util.function.Function;

/**
 * A significant line without a time, such as {@code mcuser@db2:~$ sudo poweroff} in a transcript: it tells what was done to
 * which host, but not when.
 *
 * @param cluster the Patroni scope
 * @param kind what it proves
 * @param host the host it was done on; empty if unknown
 * @param rule id of the catalog entry that recognized it
 * @param text the line
 * @param origin where it stands
 */
public record Mark(String cluster, EventKind kind, Optional<String> host, String rule, String text, Origin origin)
        implements Evidence {

    @Override
    public <R> R match(
            Function<ClusterEvent, R> ifEvent,
            Function<Mark, R> ifMark,
            Function<ClusterSettings, R> ifSettings,
            Function<LoadBucket, R> ifLoad) {
        return ifMark.apply(this);
    }
}
