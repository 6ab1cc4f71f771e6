package io.failovertimeline.decode;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds out which host wrote a source whose lines do not say. */
final class SourceHosts {

    /** Words in paths that name programs, formats and places for files, not hosts. */
    private static final Set<String> GENERIC = Set.of(
            "postgresql",
            "postgres",
            "pg",
            "pgsql",
            "patroni",
            "journal",
            "journald",
            "log",
            "logs",
            "main",
            "etcd",
            "haproxy",
            "short",
            "precise",
            "iso",
            "full",
            "unix",
            "json",
            "csv",
            "txt",
            "stdout",
            "stderr",
            "syslog",
            "messages",
            "readme",
            "output",
            "out",
            "all",
            "db",
            "data",
            "var",
            "tmp",
            "lab",
            "labs",
            "input",
            "inputs",
            "test",
            "tests",
            "run",
            "runs",
            "home",
            "downloads",
            "export",
            "archive",
            "backup",
            "old",
            "new",
            "from",
            "server",
            "container",
            "docker",
            "compose",
            "kubectl",
            "pod",
            "pods",
            "service",
            "systemd",
            "state",
            "config",
            "before",
            "after",
            "capture",
            "captures",
            "evidence",
            "incident",
            "failover",
            "switchover",
            "node",
            "host",
            "leader",
            "replica",
            "primary",
            "standby",
            "master",
            "gz",
            "zst",
            "md",
            "daemon",
            "kern",
            "user",
            "cluster",
            "");

    private static final List<String> WRITE_UPS =
            List.of(".md", ".markdown", ".html", ".rst", ".adoc", ".org", ".yml", ".yaml");

    private SourceHosts() {}

    /**
     * The host of {@code notes}' source: the only member that speaks in it; else the member that speaks in another source of the same
     * name; else the longest of {@code known} that its path names; else what its file or folder is called, if it holds the log of a
     * database host.
     *
     * @param members by what their sources are called: see {@link #membersByName}
     * @return empty if envelopes name hosts, if it is a write-up, or if nothing tells
     */
    static Optional<String> hostOf(SourceNotes notes, Collection<String> known, Map<String, String> members) {
        String path = path(notes);
        if (!tellsByName(notes)) {
            return Optional.empty();
        }
        SortedSet<String> selves = notes.members().selves().getOrDefault("", new TreeSet<>());
        if (selves.size() == 1) {
            return Optional.of(selves.first());
        }
        boolean isByName = selves.isEmpty() && notes.isDatabaseLog();
        Optional<String> called = called(path).filter(name -> isByName);
        return called.flatMap(name -> Optional.ofNullable(members.get(name)))
                .or(() -> named(path, known))
                .or(() -> called);
    }

    /**
     * The members as whom Patroni speaks, by what its sources are called: where that is the host, whose name may be another, the
     * host's other logs are the member's as well.
     */
    static Map<String, String> membersByName(Collection<SourceNotes> sources) {
        Map<String, Set<String>> found = new TreeMap<>();
        sources.stream()
                .filter(notes -> notes.parts().isEmpty() && tellsByName(notes))
                .forEach(notes -> called(path(notes))
                        .ifPresent(name -> found.computeIfAbsent(name, unused -> new TreeSet<>())
                                .addAll(notes.members().selves().getOrDefault("", new TreeSet<>()))));
        sources.stream().flatMap(notes -> notes.parts().stream()).forEach(parts -> parts.speakers()
                .forEach((name, selves) ->
                        found.computeIfAbsent(name, unused -> new TreeSet<>()).addAll(selves)));
        Map<String, String> members = new TreeMap<>();
        found.forEach((name, selves) -> {
            if (selves.size() == 1) {
                members.put(name, selves.iterator().next());
            }
        });
        return members;
    }

    private static String path(SourceNotes notes) {
        return notes.source().replace('\\', '/');
    }

    private static boolean tellsByName(SourceNotes notes) {
        String path = path(notes).toLowerCase(Locale.ROOT);
        return notes.hosts().isEmpty() && WRITE_UPS.stream().noneMatch(path::endsWith);
    }

    /** Whose log {@code path} is by its name, as {@link #hostOf}. */
    static Optional<String> ofFile(String path, Collection<String> known) {
        return named(path, known).or(() -> called(path));
    }

    /** In the file's name first, then in its folders'; a dash is a part of names before it separates them. */
    static Optional<String> named(String path, Collection<String> known) {
        int name = path.lastIndexOf('/') + 1;
        for (String part : List.of(path.substring(name), path.substring(0, name))) {
            for (String inNames : List.of("-", "")) {
                Optional<String> found = longest(part, known, inNames);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> longest(String part, Collection<String> known, String inNames) {
        TreeSet<String> found = new TreeSet<>();
        int length = 1;
        for (String name : known) {
            if (name.length() >= length && stands(part, name, inNames)) {
                if (name.length() > length) {
                    found.clear();
                    length = name.length();
                }
                found.add(name);
            }
        }
        return found.size() == 1 ? Optional.of(found.first()) : Optional.empty();
    }

    private static boolean stands(String part, String name, String inNames) {
        for (int at = part.indexOf(name); at >= 0; at = part.indexOf(name, at + 1)) {
            int end = at + name.length();
            if ((at == 0 || !isNamePart(part.charAt(at - 1), inNames))
                    && (end == part.length() || !isNamePart(part.charAt(end), inNames))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNamePart(char character, String inNames) {
        return Character.isLetterOrDigit(character) || inNames.indexOf(character) >= 0;
    }

    /** What the file at {@code path} or its folder is called, less words that name programs, formats and places. */
    static Optional<String> called(String path) {
        List<String> parts = Arrays.asList(path.split("/", -1));
        String file = parts.get(parts.size() - 1).split("[._]", 2)[0];
        if (!isGeneric(file)) {
            return Optional.of(file);
        }
        return parts.size() > 1 && !isGeneric(parts.get(parts.size() - 2))
                ? Optional.of(parts.get(parts.size() - 2))
                : Optional.empty();
    }

    private static boolean isGeneric(String word) {
        return Arrays.stream(word.split("[-._]", -1))
                .map(part -> part.toLowerCase(Locale.ROOT))
                .allMatch(
                        part -> GENERIC.contains(part) || part.chars().allMatch(digit -> Cursor.isDigit((char) digit)));
    }
}
