package io.failovertimeline.decode;

import io.failovertimeline.model.BalancerChecks;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which members belong together, and how their clusters are called. */
final class Clusters {

    static final String DEFAULT = "default";

    /** The cluster of each host and member. */
    private final TreeMap<String, String> byName = new TreeMap<>();

    /** Names that are of several clusters, so that only where a line stands tells which is meant. */
    private final TreeSet<String> ofSeveral = new TreeSet<>();

    private final FolderScopes folders;
    private final TreeSet<String> clusters = new TreeSet<>();
    private final List<ClusterSettings> settings = new ArrayList<>();

    /**
     * What {@code notes} tell.
     *
     * @param hosts of sources whose lines do not name their host
     */
    Clusters(Collection<SourceNotes> notes, Map<String, String> hosts) {
        folders = new FolderScopes(notes);
        Groups groups = new Groups();
        TreeSet<String> members = new TreeSet<>();
        TreeMap<String, SortedSet<String>> scopes = new TreeMap<>();
        notes.forEach(source -> {
            link(source.members(), Optional.ofNullable(hosts.get(source.source())), groups, members);
            source.state().clusters().forEach((scope, found) -> scopes.computeIfAbsent(scope, unused -> new TreeSet<>())
                    .addAll(found));
        });
        scopes.forEach((scope, found) -> found.forEach(member -> groups.join(found.first(), member)));
        name(groups, members, scopes);
        notes.forEach(source -> source.balanced().servers().forEach(this::balances));
        settings.addAll(settings(notes));
    }

    private static void link(MemberNotes notes, Optional<String> sourceHost, Groups groups, Set<String> members) {
        notes.selves().forEach((host, selves) -> {
            members.addAll(selves);
            selves.forEach(groups::add);
        });
        notes.fellows().forEach((self, fellows) -> fellows.forEach(fellow -> groups.join(self, fellow)));
        notes.peers().values().forEach(members::addAll);
        notes.peers().forEach((host, peers) -> {
            SortedSet<String> selves = notes.selves().getOrDefault(host, new TreeSet<>());
            Optional<String> writer = host.isEmpty() ? sourceHost : Optional.of(host);
            // several members on one host, or in one write-up, need not be of one cluster
            Optional<String> speaker =
                    selves.size() == 1 ? Optional.of(selves.first()) : selves.isEmpty() ? writer : Optional.empty();
            speaker.ifPresent(self -> peers.forEach(peer -> groups.join(self, peer)));
            peers.forEach(groups::add);
        });
        notes.selves().forEach((host, selves) -> {
            if (!host.isEmpty() && selves.size() == 1) {
                groups.join(host, selves.first());
            }
        });
    }

    private void name(Groups groups, SortedSet<String> members, SortedMap<String, SortedSet<String>> scopes) {
        TreeMap<String, SortedSet<String>> scopesByGroup = new TreeMap<>();
        scopes.forEach((scope, found) -> found.forEach(member -> scopesByGroup
                .computeIfAbsent(groups.of(member), unused -> new TreeSet<>())
                .add(scope)));
        TreeSet<String> unnamed = new TreeSet<>(groups.all());
        unnamed.removeAll(scopesByGroup.keySet());
        boolean isTheScopes = unnamed.size() == 1 && scopes.size() == 1 && scopesByGroup.isEmpty();
        for (String name : groups.names()) {
            String group = groups.of(name);
            SortedSet<String> named = scopesByGroup.getOrDefault(group, new TreeSet<>());
            Optional<String> direct = only(scopes, name);
            String cluster = direct.orElseGet(() -> !named.isEmpty()
                    ? named.first()
                    : isTheScopes
                            ? scopes.firstKey()
                            : unnamed.size() == 1 ? DEFAULT : unnamed(groups, group, members));
            byName.put(name, cluster);
            if (direct.isEmpty() && named.size() > 1) {
                ofSeveral.add(name);
            }
        }
        clusters.addAll(scopes.keySet());
        clusters.addAll(byName.values());
    }

    /** A balancer that no group has belongs to the cluster between whose members it balances, if it is one. */
    private void balances(String host, Collection<String> servers) {
        if (servers.stream().anyMatch(ofSeveral::contains)) {
            return;
        }
        List<String> found = servers.stream()
                .flatMap(server -> Optional.ofNullable(byName.get(server)).stream())
                .distinct()
                .toList();
        if (found.size() == 1) {
            byName.putIfAbsent(host, found.get(0));
        }
    }

    private static Optional<String> only(Map<String, SortedSet<String>> scopes, String name) {
        List<String> found = scopes.entrySet().stream()
                .filter(scope -> scope.getValue().contains(name))
                .map(Map.Entry::getKey)
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static String unnamed(Groups groups, String group, SortedSet<String> members) {
        return "unnamed-"
                + members.stream()
                        .filter(member -> groups.of(member).equals(group))
                        .findFirst()
                        .orElse(group);
    }

    /** The cluster of a host or member: its own; else the only one known; else {@value #DEFAULT}. */
    String of(Optional<String> host) {
        return own(host).orElse(clusters.size() == 1 ? clusters.first() : DEFAULT);
    }

    /**
     * The cluster of a host or member that is named in {@code source}: the only one that is named in the folder of that, where members
     * of several clusters have one name; else as {@link #of(Optional)}.
     */
    String of(Optional<String> host, String source) {
        boolean isTold = host.filter(name -> !ofSeveral.contains(name)).isPresent() && knows(host);
        return isTold ? of(host) : byFolder(source).orElseGet(() -> of(host));
    }

    private Optional<String> byFolder(String source) {
        return ofSeveral.isEmpty() ? Optional.empty() : folders.of(source);
    }

    /** Whether the host or member is known to be of a cluster. */
    boolean knows(Optional<String> host) {
        return own(host).isPresent();
    }

    private Optional<String> own(Optional<String> host) {
        return host.flatMap(name -> {
            String full = byName.get(name);
            int dot = name.indexOf('.');
            return Optional.ofNullable(full == null && dot > 0 ? byName.get(name.substring(0, dot)) : full);
        });
    }

    /** The cluster whose name is a part of {@code path}; else the only one known; else {@value #DEFAULT}. */
    String ofPath(String path) {
        List<String> parts = List.of(path.split("[/\\\\._]"));
        List<String> named = clusters.stream().filter(parts::contains).toList();
        return named.size() == 1 ? named.get(0) : of(Optional.empty(), path);
    }

    /** Patroni's timing and balancers by cluster; what the DCS has wins over what files have, and that over what is estimated. */
    List<ClusterSettings> settings() {
        return List.copyOf(settings);
    }

    private List<ClusterSettings> settings(Collection<SourceNotes> notes) {
        TreeMap<String, Map<String, Setting>> merged = new TreeMap<>();
        notes.forEach(source -> merge(source.state().dcsSettings(), source.source(), merged));
        notes.forEach(source -> merge(source.state().fileSettings(), source.source(), merged));
        merge(estimated(notes), "", merged);
        Map<String, SortedMap<String, BalancerChecks>> balancers = balancers(notes);
        balancers.keySet().forEach(cluster -> merged.computeIfAbsent(cluster, unused -> new TreeMap<>()));
        return merged.entrySet().stream()
                .map(entry -> new ClusterSettings(
                        entry.getKey(),
                        Optional.ofNullable(entry.getValue().get("ttl")),
                        Optional.ofNullable(entry.getValue().get("loop_wait")),
                        Optional.ofNullable(entry.getValue().get("retry_timeout")),
                        List.copyOf(balancers
                                .getOrDefault(entry.getKey(), new TreeMap<>())
                                .values())))
                .toList();
    }

    private void merge(
            Map<String, Map<String, Setting>> found, String source, Map<String, Map<String, Setting>> merged) {
        found.forEach((scope, values) -> {
            Map<String, Setting> known = merged.computeIfAbsent(
                    scope.isEmpty() ? of(Optional.empty(), source) : scope, unused -> new TreeMap<>());
            values.forEach(known::putIfAbsent);
        });
    }

    /** A cluster's members share one {@code loop_wait}: it is estimated only where their heartbeats agree on it. */
    private Map<String, Map<String, Setting>> estimated(Collection<SourceNotes> notes) {
        TreeMap<String, SortedSet<Duration>> rounds = new TreeMap<>();
        notes.forEach(source -> source.heartbeats().rounds().forEach((member, round) -> rounds.computeIfAbsent(
                        of(Optional.of(member), source.source()), unused -> new TreeSet<>())
                .add(round)));
        TreeMap<String, Map<String, Setting>> estimated = new TreeMap<>();
        rounds.forEach((cluster, found) -> {
            if (found.size() == 1) {
                estimated.put(cluster, Map.of("loop_wait", new Setting(found.first(), Optional.empty())));
            }
        });
        return estimated;
    }

    /** Balancers belong to the cluster whose members they check; of those with one name the first file's counts. */
    private Map<String, SortedMap<String, BalancerChecks>> balancers(Collection<SourceNotes> notes) {
        Map<String, SortedMap<String, BalancerChecks>> found = new TreeMap<>();
        notes.forEach(source -> source.balancers().checks().forEach(checks -> {
            Optional<String> member =
                    checks.servers().stream().filter(byName::containsKey).findFirst();
            member.ifPresent(
                    name -> found.computeIfAbsent(of(Optional.of(name), source.source()), unused -> new TreeMap<>())
                            .putIfAbsent(checks.backend(), checks));
        }));
        return found;
    }
}
