package io.failovertimeline.model;

import java.time.ZoneId;
import java.util.Optional;

/**
 * In which zone local times were read, and why.
 *
 * @param host the host that writes in this zone; empty for all hosts without a finding of their own
 * @param zone the zone or offset
 * @param basis how it is known
 * @param proof the line that shows it, where the input does
 */
public record ZoneFinding(Optional<String> host, ZoneId zone, Basis basis, Optional<Origin> proof) {

    /** How a zone is known, the surest first. */
    public enum Basis {
        /** The user said so. */
        GIVEN,
        /** A time with an offset stands for the same moment as one without. */
        PAIRED,
        /** Local times carry an abbreviation that has one meaning only. */
        ABBREVIATION,
        /** Nothing tells; UTC is assumed. */
        ASSUMED
    }
}
