package io.failovertimeline.decode;

import io.failovertimeline.decode.state.StateDump;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Setting;
import io.failovertimeline.model.StateKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one source tells about clusters other than by logs: Patroni's configuration files, and what state dumps show. */
final class StateNotes {

    private static final String QUOTED_NAME = " *[\"']?([\\w.-]+)[\"']?\\s*(?:#.*)?";
    private static final Pattern SCOPE = Pattern.compile("(?:scope:|[\\s-]*\"?PATRONI_SCOPE\"?\\s*[:=])" + QUOTED_NAME);
    private static final Pattern NAME = Pattern.compile("(?:name:|[\\s-]*\"?PATRONI_NAME\"?\\s*[:=])" + QUOTED_NAME);
    private static final Pattern SETTING =
            Pattern.compile("\\s*(ttl|loop_wait|retry_timeout): *(\\d{1,6})\\s*(?:#.*)?");
    private static final String MEMBERS = "members/";
    private static final String CLUSTER_NAME = "--cluster_name=";

    private final LinesByNumber<String> scopes = new LinesByNumber<>();
    private final LinesByNumber<String> names = new LinesByNumber<>();
    private final LinesByNumber<Matcher> timing = new LinesByNumber<>();
    private final LinesByNumber<Map<String, Map<String, Setting>>> dumped = new LinesByNumber<>();
    private final String source;
    /** Members by cluster, as dumps show them, and hosts, as PostgreSQL was started there. */
    private final TreeMap<String, SortedSet<String>> shown = new TreeMap<>();

    StateNotes(String source) {
        this.source = source;
    }

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
        of(shown, scope).add(host);
    }

    /** Takes a line that is no log record. */
    void add(String text, long line) {
        if (text.indexOf(':') >= 0 || text.indexOf('=') >= 0) {
            keep(scopes, line, SCOPE, text);
            keep(names, line, NAME, text);
            Matcher setting = SETTING.matcher(text);
            if (setting.matches()) {
                timing.put(line, setting);
            }
        }
    }

    /** Takes the dump that begins on {@code line}. */
    void add(StateDump dump, long line) {
        dump.cluster().ifPresent(scope -> of(shown, scope));
        TreeMap<String, Map<String, Setting>> settings = new TreeMap<>();
        for (StateDump.Row row : dump.rows()) {
            Optional<String> scope = row.field("cluster").or(dump::cluster);
            Optional<String> key = row.field("key");
            Optional<String> member = key.isEmpty()
                    ? row.field("member")
                    : key.filter(name -> name.startsWith(MEMBERS)).map(name -> name.substring(MEMBERS.length()));
            scope.ifPresent(name -> of(shown, name).addAll(member.stream().toList()));
            if (dump.kind() == StateKind.PATRONI_CONFIG
                    || key.filter("config"::equals).isPresent()) {
                settings.putIfAbsent(scope.orElse(""), timing(row, Origin.line(source, line + row.line())));
            }
        }
        dumped.put(line, settings);
    }

    private static Map<String, Setting> timing(StateDump.Row config, Origin origin) {
        TreeMap<String, Setting> seconds = new TreeMap<>();
        for (String name : List.of("ttl", "loop_wait", "retry_timeout")) {
            config.field(name)
                    .filter(value -> value.matches("\\d{1,6}"))
                    .ifPresent(value -> seconds.put(name, seconds(value, origin)));
        }
        return seconds;
    }

    private static Setting seconds(String digits, Origin origin) {
        return Setting.at(origin, Duration.ofSeconds(Integer.parseInt(digits)));
    }

    private static void keep(LinesByNumber<String> lines, long line, Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (matcher.matches()) {
            lines.put(line, matcher.group(1));
        }
    }

    /** Members by cluster; a cluster without known members is there too. */
    Map<String, SortedSet<String>> clusters() {
        TreeMap<String, SortedSet<String>> clusters = new TreeMap<>();
        shown.forEach((scope, members) -> of(clusters, scope).addAll(members));
        scopes.all().values().forEach(scope -> of(clusters, scope));
        names.all().forEach((line, name) -> scopes.aroundOrBelow(line)
                .ifPresent(scope -> of(clusters, scope).add(name)));
        return clusters;
    }

    private static SortedSet<String> of(SortedMap<String, SortedSet<String>> clusters, String scope) {
        return clusters.computeIfAbsent(scope, unused -> new TreeSet<>());
    }

    /** Patroni's timing as the DCS has it, by cluster; {@code ""} where the source does not say which. */
    Map<String, Map<String, Setting>> dcsSettings() {
        TreeMap<String, Map<String, Setting>> settings = new TreeMap<>();
        dumped.all().values().forEach(found -> found.forEach(settings::putIfAbsent));
        return settings;
    }

    /** Patroni's timing as a file has it, by cluster; {@code ""} where the source does not say which. */
    Map<String, Map<String, Setting>> fileSettings() {
        TreeMap<String, Map<String, Setting>> settings = new TreeMap<>();
        timing.all().forEach((line, setting) -> settings.computeIfAbsent(
                        scopes.aroundOrBelow(line).orElse(""), unused -> new TreeMap<>())
                .putIfAbsent(setting.group(1), seconds(setting.group(2), Origin.line(source, line))));
        Map<String, Setting> nameless = settings.getOrDefault("", Map.of());
        if (nameless.size() < 2) { // a lone ttl may be anyone's
            settings.remove("");
        }
        return settings;
    }
}
