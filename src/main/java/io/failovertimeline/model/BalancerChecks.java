package io.failovertimeline.model;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How a load balancer checks the servers of one backend.
 *
 * @param backend its name
 * @param path what a check asks for, such as {@code /primary}; an empty text if it only connects
 * @param servers the names of its servers
 * @param inter from one check of a server that is up to the next
 * @param fastInter the same of a server that is about to change
 * @param downInter the same of a server that is down
 * @param rise so many checks in a row must pass for a server to come up
 * @param fall so many must fail for it to go down
 * @param longest how long a check may take before it fails
 * @param origin where the backend begins
 */
public record BalancerChecks(
        String backend,
        String path,
        SortedSet<String> servers,
        Duration inter,
        Duration fastInter,
        Duration downInter,
        int rise,
        int fall,
        Duration longest,
        Origin origin) {

    public BalancerChecks {
        servers = Collections.unmodifiableSortedSet(new TreeSet<>(servers));
    }
}
