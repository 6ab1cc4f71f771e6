package io.failovertimeline.model;

import java.util.function.Function;

/** Everything an incident can be told from. An incident is a pure function of a set of these. */
public sealed interface Evidence permits ClusterEvent, Mark, ClusterSettings, LoadBucket {

    /** The cluster it belongs to. */
    String cluster();

    /** Answers with the function for this kind of evidence. */
    <R> R match(
            Function<ClusterEvent, R> ifEvent,
            Function<Mark, R> ifMark,
            Function<ClusterSettings, R> ifSettings,
            Function<LoadBucket, R> ifLoad);
}
