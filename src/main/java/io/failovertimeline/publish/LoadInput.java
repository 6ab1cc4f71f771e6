package io.failovertimeline.publish;

import io.failovertimeline.model.InputSummary;
import java.util.Set;

/** Tells inputs that show what clients felt from those that show what the cluster did. */
final class LoadInput {

    /** What the names of load formats begin with, as in {@code k6-csv}. */
    private static final Set<String> GENERATORS = Set.of(
            "ab",
            "artillery",
            "autocannon",
            "gatling",
            "hey",
            "jmeter",
            "jtl",
            "k6",
            "load",
            "locust",
            "oha",
            "pgbench",
            "phout",
            "request",
            "siege",
            "vegeta",
            "wrk");

    private LoadInput() {}

    static boolean isOne(InputSummary input) {
        return GENERATORS.contains(input.format().split("-", 2)[0]);
    }
}
