package io.failovertimeline.publish;

import static java.util.stream.Collectors.joining;

import io.failovertimeline.model.StateSample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** What state dumps show, one line each: {@code patronictl list at README.md:123: db1 leader, db2 replica; timeline 17}. */
record TextStates(List<StateSample> samples, TextTime time, Places places) {

    private static final int MOST_NAMED = 6;

    void writeTo(Page page) {
        if (samples.isEmpty()) {
            return;
        }
        page.section("State dumps");
        int shown = page.shown(samples.size(), Page.MOST_ROWS);
        samples.stream().limit(shown).forEach(sample -> page.prose(line(sample)));
        page.more(samples.size() - shown);
    }

    private String line(StateSample sample) {
        return sample.kind().tool()
                + sample.host().map(host -> " on " + host).orElse("")
                + " at " + places.shown(sample.origin())
                + sample.takenAt().map(at -> ", " + time.dateAndClock(at)).orElse("")
                + ": " + shows(sample);
    }

    private static String shows(StateSample sample) {
        return switch (sample.kind()) {
            case PATRONICTL_LIST, PATRONI_CLUSTER, PATRONI_STATUS -> members(sample);
            case PATRONICTL_HISTORY -> history(sample);
            case PATRONI_CONFIG -> settings(sample);
            case DCS_KEYS -> keys(sample);
            case ETCD_MEMBERS -> each(sample, row -> field(row, "name"));
            case ETCD_ENDPOINT_STATUS ->
                each(sample, row -> field(row, "endpoint") + (isTrue(row, "is_leader") ? " leader" : ""));
            case ETCD_ENDPOINT_HEALTH ->
                each(sample, row -> field(row, "endpoint") + (isTrue(row, "health") ? " healthy" : " unhealthy"));
            case PG_STAT_REPLICATION -> standbys(sample);
            case PG_STAT_WAL_RECEIVER ->
                each(
                        sample,
                        row -> field(row, "status")
                                + optional(row, "sender_host")
                                        .map(host -> " from " + host)
                                        .orElse(""));
            case PG_IS_IN_RECOVERY ->
                each(sample, row -> field(row, "pg_is_in_recovery").equals("t") ? "in recovery" : "not in recovery");
            case TCP_RETRANSMITS -> retransmits(sample);
        };
    }

    private static String members(StateSample sample) {
        List<SortedMap<String, String>> members =
                sample.rows().stream().filter(row -> row.containsKey("role")).toList();
        Optional<String> timeline = members.stream()
                .filter(row -> isLeader(field(row, "role")))
                .findFirst()
                .flatMap(row -> optional(row, "tl"));
        return list(members.stream()
                        .sorted(Comparator.comparing(row -> !isLeader(field(row, "role"))))
                        .map(row -> (field(row, "member") + " " + role(field(row, "role"))).strip()))
                + timeline.map(id -> "; timeline " + id).orElse("")
                + sample.rows().stream()
                        .flatMap(row -> Stream.concat(
                                optional(row, "maintenance_mode").stream(),
                                optional(row, "pause").filter("true"::equals).stream()))
                        .findFirst()
                        .map(paused -> "; paused")
                        .orElse("");
    }

    private static boolean isLeader(String role) {
        return List.of("leader", "master", "primary").contains(role.toLowerCase(Locale.ROOT));
    }

    /** {@code Sync Standby} and {@code sync_standby} alike. */
    private static String role(String role) {
        return isLeader(role) ? "leader" : role.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String history(StateSample sample) {
        List<SortedMap<String, String>> promotions = sample.rows();
        if (promotions.isEmpty()) {
            return "no promotion";
        }
        SortedMap<String, String> last = promotions.get(promotions.size() - 1);
        return TextReport.counted(promotions.size(), "promotion") + ", the last at the end of timeline "
                + field(last, "tl")
                + optional(last, "new_leader").map(member -> " to " + member).orElse("")
                + optional(last, "timestamp").map(at -> ", " + at).orElse("");
    }

    private static String keys(StateSample sample) {
        List<String> told = new ArrayList<>();
        of(sample, "leader").flatMap(row -> optional(row, "value")).ifPresent(leader -> told.add("leader " + leader));
        String members = list(sample.rows().stream()
                .filter(row -> field(row, "key").startsWith("members/"))
                .map(row -> field(row, "key").substring("members/".length())));
        told.add(members.equals("none") ? "no member" : "members " + members);
        of(sample, "sync")
                .flatMap(row -> optional(row, "sync_standby"))
                .ifPresent(standby -> told.add("sync standby " + standby));
        return String.join("; ", told);
    }

    private static Optional<SortedMap<String, String>> of(StateSample sample, String key) {
        return sample.rows().stream()
                .filter(row -> field(row, "key").equals(key))
                .findFirst();
    }

    private static String settings(StateSample sample) {
        return list(sample.rows().stream().flatMap(row -> Stream.of("ttl", "loop_wait", "retry_timeout")
                .flatMap(name -> optional(row, name).map(value -> name + " " + value).stream())));
    }

    private static String standbys(StateSample sample) {
        return sample.rows().isEmpty()
                ? "no standby"
                : each(sample, row -> Stream.of("application_name", "client_addr", "state", "sync_state")
                        .filter(name -> !name.equals("client_addr") || !row.containsKey("application_name"))
                        .flatMap(name -> optional(row, name).stream())
                        .collect(joining(" ")));
    }

    private static String retransmits(StateSample sample) {
        long segments = sample.rows().stream()
                .mapToLong(row -> Long.parseLong(row.getOrDefault("retransmits", "0")))
                .sum();
        return TextReport.counted(segments, "retransmit")
                + sample.rows().stream()
                        .findFirst()
                        .map(first -> " from " + field(first, "time") + " on, "
                                + list(sample.rows().stream()
                                        .map(row -> field(row, "local") + " to " + field(row, "remote"))
                                        .distinct()))
                        .orElse("");
    }

    private static String each(
            StateSample sample, java.util.function.Function<SortedMap<String, String>, String> toText) {
        return list(sample.rows().stream().map(toText));
    }

    private static String list(Stream<String> texts) {
        List<String> all = texts.filter(text -> !text.isBlank()).toList();
        if (all.isEmpty()) {
            return "none";
        }
        int others = all.size() - MOST_NAMED;
        return all.stream().limit(MOST_NAMED).collect(joining(", ")) + (others > 0 ? " and " + others + " more" : "");
    }

    private static boolean isTrue(SortedMap<String, String> row, String name) {
        return field(row, name).equals("true");
    }

    private static String field(SortedMap<String, String> row, String name) {
        return row.getOrDefault(name, "");
    }

    private static Optional<String> optional(SortedMap<String, String> row, String name) {
        return Optional.ofNullable(row.get(name));
    }
}
