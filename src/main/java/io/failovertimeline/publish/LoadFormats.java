package io.failovertimeline.publish;

import java.util.Set;

/** Tells inputs that show what clients felt from those that show what the cluster did. */
final class LoadFormats {

    private static final Set<String> GENERATORS = Set.of(
            "ab",
            "access",
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
            "siege",
            "vegeta",
            "wrk");

    private LoadFormats() {}

    /** Whether a format's name, such as {@code k6-csv}, begins with a load generator's. */
    static boolean isOne(String format) {
        return GENERATORS.contains(format.split("-", 2)[0]);
    }
}
