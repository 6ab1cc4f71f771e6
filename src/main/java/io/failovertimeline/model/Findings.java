package io.failovertimeline.model;

import java.util.List;
import java.util.stream.IntStream;

/**
 * All that a set of evidence tells.
 *
 * @param incidents in order of their start
 * @param errorWindows every failed request is in exactly one
 * @param windowIncidents for each error window, the id of its incident, or an empty text where none explains it
 * @param nearMisses what could have become an incident
 * @param clocks those that are proven to be off
 * @param clockSteps where clocks were put back or forward
 */
public record Findings(
        List<Incident> incidents,
        List<ErrorWindow> errorWindows,
        List<String> windowIncidents,
        List<NearMiss> nearMisses,
        List<ClockOffset> clocks,
        List<ClockStep> clockSteps) {

    public Findings {
        incidents = List.copyOf(incidents);
        errorWindows = List.copyOf(errorWindows);
        windowIncidents = List.copyOf(windowIncidents);
        nearMisses = List.copyOf(nearMisses);
        clocks = List.copyOf(clocks);
        clockSteps = List.copyOf(clockSteps);
    }

    /** Whether all is well: no incident, no error window and no near miss. */
    public boolean isEmpty() {
        return incidents.isEmpty() && errorWindows.isEmpty() && nearMisses.isEmpty();
    }

    /** The error windows that the incident {@code id} explains; with an empty text, those that none does. */
    public List<ErrorWindow> windowsOf(String id) {
        return IntStream.range(0, errorWindows.size())
                .filter(i -> windowIncidents.get(i).equals(id))
                .mapToObj(errorWindows::get)
                .toList();
    }

    /** The same, each incident held against the target of its cluster. */
    public Findings heldAgainst(RecoveryTargets targets) {
        List<Incident> held = incidents.stream()
                .map(incident -> incident.heldAgainst(targets.of(incident.cluster())))
                .toList();
        return new Findings(held, errorWindows, windowIncidents, nearMisses, clocks, clockSteps);
    }
}
