package io.failovertimeline.gate;

import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.PhaseName;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a run is expected to tell.
 *
 * @param incidents those that have to be there
 * @param allowOthers whether there may be more
 * @param failedElsewhere how many requests may fail outside of incidents; empty: any number
 */
public record Expectations(List<ExpectedIncident> incidents, boolean allowOthers, Optional<Long> failedElsewhere) {

    public Expectations {
        incidents = List.copyOf(incidents);
    }

    /**
     * An incident that has to be there. Kind and cluster tell which one it is, where they are given; the rest is held against that.
     *
     * @param kind its kind
     * @param cluster its cluster
     * @param causes one of which it had; none given: any
     * @param oldLeader who led before
     * @param newLeader who led after
     * @param isOver whether it has to be over
     * @param clients what clients may have felt of it in all
     * @param mostLost bytes of WAL that may have been lost
     * @param neverTwoLeaders whether it has to be excluded that two members accepted writes at once
     * @param phases how long each may have taken
     * @param endpoints what the clients of one endpoint may have felt, by its name
     */
    public record ExpectedIncident(
            Optional<IncidentKind> kind,
            Optional<String> cluster,
            Set<CauseCode> causes,
            Optional<String> oldLeader,
            Optional<String> newLeader,
            boolean isOver,
            Limits clients,
            Optional<Long> mostLost,
            boolean neverTwoLeaders,
            Map<PhaseName, Duration> phases,
            Map<String, Limits> endpoints) {

        public ExpectedIncident {
            causes = Set.copyOf(causes);
            phases = Collections.unmodifiableMap(new TreeMap<>(phases));
            endpoints = Collections.unmodifiableMap(new TreeMap<>(endpoints));
        }
    }

    /**
     * What clients may have felt.
     *
     * @param outage how long they may have gone without, at any endpoint
     * @param failedRequests how many requests may have failed
     */
    public record Limits(Optional<Duration> outage, Optional<Long> failedRequests) {

        /** Any. */
        static final Limits NONE = new Limits(Optional.empty(), Optional.empty());
    }
}
