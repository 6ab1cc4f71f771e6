package io.failovertimeline.decode;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Who names whom in the lines that Patroni wrote into one source. */
final class MemberNotes {

    private static final String NO_ONE = "None";
    private static final Pattern LOCK_OWNER = Pattern.compile("Lock owner: (\\S+); I am (\\S+)");
    private static final Pattern I_AM = Pattern.compile("I am (?:a secondary )?\\(([^()\\s]+)\\)");
    private static final Pattern FOLLOWING = Pattern.compile("following a (?:standby )?leader \\(([^()\\s]+)\\)");
    private static final Pattern PEER =
            Pattern.compile("^(?:Got response from (\\S+) https?:|Request failed to (\\S+): (?:GET|POST) )");

    /** By the host that wrote; {@code ""} where the envelope does not say. */
    private final TreeMap<String, SortedSet<String>> selves = new TreeMap<>();

    private final TreeMap<String, SortedSet<String>> peers = new TreeMap<>();
    /** By the one who speaks, of whom it speaks in the same message. */
    private final TreeMap<String, SortedSet<String>> fellows = new TreeMap<>();

    private final TreeSet<String> seen = new TreeSet<>();

    void seen(String host) {
        seen.add(host);
    }

    void add(String message, Optional<String> writer) {
        String host = writer.orElse("");
        if (message.contains("I am ")) {
            List<String> speakers = speakers(message).toList();
            List<String> leaders = Stream.concat(named(LOCK_OWNER, 1, message), named(FOLLOWING, 1, message))
                    .toList();
            note(speakers, host, selves);
            note(leaders, host, peers);
            speakers.forEach(self -> note(leaders, self, fellows));
        } else if (message.startsWith("Got response from ") || message.startsWith("Request failed to ")) {
            note(Stream.concat(named(PEER, 1, message), named(PEER, 2, message)).toList(), host, peers);
        }
    }

    /** As whom Patroni speaks in {@code message}. */
    static Optional<String> self(String message) {
        return message.contains("I am ") ? speakers(message).findFirst() : Optional.empty();
    }

    private static Stream<String> speakers(String message) {
        return Stream.concat(named(LOCK_OWNER, 2, message), named(I_AM, 1, message));
    }

    private static Stream<String> named(Pattern pattern, int group, String message) {
        Matcher matcher = pattern.matcher(message);
        return matcher.find()
                ? Stream.ofNullable(matcher.group(group)).filter(name -> !name.equals(NO_ONE))
                : Stream.empty();
    }

    private static void note(List<String> names, String by, SortedMap<String, SortedSet<String>> notes) {
        if (!names.isEmpty()) {
            notes.computeIfAbsent(by, unused -> new TreeSet<>()).addAll(names);
        }
    }

    /** As whom Patroni on a host spoke; the key is {@code ""} for lines without a host. */
    SortedMap<String, SortedSet<String>> selves() {
        return selves;
    }

    /** Of whom it spoke. */
    SortedMap<String, SortedSet<String>> peers() {
        return peers;
    }

    /** By the one who spoke, of whom it spoke in the same breath, whatever else the source holds. */
    SortedMap<String, SortedSet<String>> fellows() {
        return fellows;
    }

    /** Hosts and members that the source names. */
    SortedSet<String> names() {
        TreeSet<String> names = new TreeSet<>(seen);
        selves.values().forEach(names::addAll);
        peers.values().forEach(names::addAll);
        return names;
    }
}
