package io.failovertimeline.decode;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Between which servers HAProxy balances, by the host that it runs on, as its lines in one source tell. Bounded. */
final class BalancedNotes {

    private static final Pattern SERVER = Pattern.compile("\\bServer [^/\\s]+/(\\S+) is (?:UP|DOWN|going)");

    /** Servers kept of a host. */
    private static final int MOST = 1024;

    private final TreeMap<String, SortedSet<String>> servers = new TreeMap<>();

    void add(String message, String host) {
        if (message.contains("Server ")) {
            Matcher server = SERVER.matcher(message);
            if (server.find()) {
                SortedSet<String> known = servers.computeIfAbsent(host, unused -> new TreeSet<>());
                known.add(server.group(1));
                if (known.size() > MOST) {
                    known.remove(known.last());
                }
            }
        }
    }

    SortedMap<String, SortedSet<String>> servers() {
        return Collections.unmodifiableSortedMap(servers);
    }
}
