package io.failovertimeline.decode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one source tells about clusters other than by logs: Patroni's configuration, what patronictl printed, the DCS. */
final class StateNotes {

    private static final String QUOTED_NAME = " *[\"']?([\\w.-]+)[\"']?\\s*(?:#.*)?";
    private static final Pattern SCOPE = Pattern.compile("(?:scope:|[\\s-]*\"?PATRONI_SCOPE\"?\\s*[:=])" + QUOTED_NAME);
    private static final Pattern NAME = Pattern.compile("(?:name:|[\\s-]*\"?PATRONI_NAME\"?\\s*[:=])" + QUOTED_NAME);
    private static final Pattern TABLE = Pattern.compile("\\+ (?:Citus c|C)luster: (\\S+) .*");
    private static final Set<String> ROLES =
            Set.of("Leader", "Replica", "Sync Standby", "Quorum Standby", "Standby Leader");
    private static final Pattern SETTING =
            Pattern.compile("\\s*(ttl|loop_wait|retry_timeout): *(\\d{1,6})\\s*(?:#.*)?");
    private static final String CLUSTER_NAME = "--cluster_name=";

    private final LinesByNumber<String> scopes = new LinesByNumber<>();
    private final LinesByNumber<String> names = new LinesByNumber<>();
    private final LinesByNumber<String> tables = new LinesByNumber<>();
    private final LinesByNumber<String> rows = new LinesByNumber<>();
    private final LinesByNumber<Matcher> timing = new LinesByNumber<>();
    private final TreeMap<String, SortedSet<String>> started = new TreeMap<>();
    private final DcsNotes dcs = new DcsNotes();

    /** The cluster as which a PostgreSQL was started, by its command line; Patroni passes its scope. */
    static Optional<String> clusterName(String text) {
        int start = text.indexOf(CLUSTER_NAME);
        int from = start + CLUSTER_NAME.length();
        int end = from;
        while (start >= 0 && end < text.length() && isNamePart(text.charAt(end))) {
            end++;
        }
        return end > from ? Optional.of(text.substring(from, end)) : Optional.empty();
    }

    private static boolean isNamePart(char character) {
        return Character.isLetterOrDigit(character) || "._-".indexOf(character) >= 0;
    }

    void startedAs(String scope, String host) {
        started.computeIfAbsent(scope, unused -> new TreeSet<>()).add(host);
    }

    void add(String text, long line) {
        switch (text.charAt(0)) {
            case '/' -> dcs.key(text, line);
            case '{' -> dcs.json(text, line);
            case '+' -> keep(tables, line, TABLE, text);
            case '|' -> member(text).ifPresent(member -> rows.put(line, member));
            default -> yaml(text, line);
        }
    }

    private void yaml(String text, long line) {
        if (text.indexOf(':') >= 0 || text.indexOf('=') >= 0) {
            keep(scopes, line, SCOPE, text);
            keep(names, line, NAME, text);
            Matcher setting = SETTING.matcher(text);
            if (setting.matches()) {
                timing.put(line, setting);
            }
        }
    }

    private static void keep(LinesByNumber<String> lines, long line, Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (matcher.matches()) {
            lines.put(line, matcher.group(1));
        }
    }

    /** The member in a row of patronictl's table: it stands two columns before its role. */
    private static Optional<String> member(String row) {
        List<String> columns = List.of(row.split("\\|", -1));
        for (int role = 3; role < Math.min(columns.size(), 6); role++) {
            if (ROLES.contains(columns.get(role).strip())) {
                String member = columns.get(role - 2).strip();
                return Optional.of(member.startsWith("+ ") ? member.substring(2).strip() : member);
            }
        }
        return Optional.empty();
    }

    /** Members by cluster; a cluster without known members is there too. */
    Map<String, SortedSet<String>> clusters() {
        TreeMap<String, SortedSet<String>> clusters = new TreeMap<>();
        dcs.clusters().forEach((scope, members) -> of(clusters, scope).addAll(members));
        started.forEach((scope, hosts) -> of(clusters, scope).addAll(hosts));
        scopes.all().values().forEach(scope -> of(clusters, scope));
        tables.all().values().forEach(scope -> of(clusters, scope));
        names.all().forEach((line, name) -> scopes.aroundOrBelow(line)
                .ifPresent(scope -> of(clusters, scope).add(name)));
        rows.all().forEach((line, member) -> tables.above(line)
                .ifPresent(scope -> of(clusters, scope).add(member)));
        return clusters;
    }

    private static SortedSet<String> of(SortedMap<String, SortedSet<String>> clusters, String scope) {
        return clusters.computeIfAbsent(scope, unused -> new TreeSet<>());
    }

    /** Patroni's timing as the DCS has it, in seconds, by cluster; {@code ""} where the source does not say which. */
    Map<String, Map<String, Integer>> dcsSettings() {
        return dcs.settings();
    }

    /** Patroni's timing as a file has it, in seconds, by cluster; {@code ""} where the source does not say which. */
    Map<String, Map<String, Integer>> fileSettings() {
        TreeMap<String, Map<String, Integer>> settings = new TreeMap<>();
        timing.all().forEach((line, setting) -> settings.computeIfAbsent(
                        scopes.aroundOrBelow(line).orElse(""), unused -> new TreeMap<>())
                .putIfAbsent(setting.group(1), Integer.parseInt(setting.group(2))));
        Map<String, Integer> nameless = settings.getOrDefault("", Map.of());
        if (nameless.size() < 2) { // a lone ttl may be anyone's
            settings.remove("");
        }
        return settings;
    }
}
