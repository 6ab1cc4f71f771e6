package io.failovertimeline.model;

import java.time.Duration;
import java.util.List;

/** Whether a measured outage stayed within the target. */
public enum RtoVerdict {
    /** It was over in time. */
    MET,
    /** It took longer. */
    MISSED,
    /** It was not measured, or it was not seen to end. */
    UNKNOWN;

    /** Of several that were measured, the worst: what is not known may be missed still. */
    public static RtoVerdict of(List<ClientOutage> outages, Duration target) {
        List<RtoVerdict> verdicts =
                outages.stream().map(outage -> outage.against(target)).toList();
        if (verdicts.contains(MISSED)) {
            return MISSED;
        }
        return verdicts.isEmpty() || verdicts.contains(UNKNOWN) ? UNKNOWN : MET;
    }
}
