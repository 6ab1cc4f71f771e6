package io.failovertimeline.config;

import io.failovertimeline.alert.AlertKind;
import io.failovertimeline.alert.AlertRules;
import io.failovertimeline.alert.AlertSeverity;
import io.failovertimeline.alert.ClusterRules;
import io.failovertimeline.model.WrittenDuration;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The settings of alerts: {@code alerts.outage.budget=20s} for all clusters, {@code alerts.outage.budget.batman=5s} for one of
 * them.
 */
final class AlertSettings {

    /** What all of them begin with. */
    static final String PREFIX = "alerts.";

    static final List<String> KEYS = List.of(
            "alerts.link",
            "alerts.outage.budget",
            "alerts.candidate.wait",
            "alerts.redundancy.after",
            "alerts.silent.after",
            "alerts.settle",
            "alerts.loss.bytes",
            "alerts.silence");

    private static final String LINK = "alerts.link";
    private static final String SEVERITY = "alerts.severity.";
    private static final Pattern BYTES = Pattern.compile("\\d{1,18}");

    private final Collection<Setting> settings;
    private final List<Fault> faults;

    AlertSettings(Collection<Setting> settings, List<Fault> faults) {
        this.settings = settings;
        this.faults = faults;
    }

    /** Whether {@code key} is one of these, perhaps of one cluster. */
    static boolean isKnown(String key) {
        boolean isSeverity = key.startsWith(SEVERITY) && key.length() > SEVERITY.length();
        return KEYS.contains(key) || isOfCluster(key) || isSeverity;
    }

    private static boolean isOfCluster(String key) {
        return KEYS.stream()
                .filter(known -> !known.equals(LINK))
                .anyMatch(known -> key.startsWith(known + ".") && key.length() > known.length() + 1);
    }

    AlertRules rules() {
        ClusterRules usual = rules("", ClusterRules.USUAL);
        Map<String, ClusterRules> ofCluster = new HashMap<>();
        for (String cluster : clusters()) {
            ofCluster.put(cluster, rules("." + cluster, usual));
        }
        Optional<String> link = find(LINK).map(Setting::value);
        return new AlertRules(usual, ofCluster, link);
    }

    private Set<String> clusters() {
        Set<String> clusters = new TreeSet<>();
        for (Setting setting : settings) {
            String key = setting.key();
            if (key.startsWith(SEVERITY)) {
                int dot = key.indexOf('.', SEVERITY.length());
                if (dot >= 0) {
                    clusters.add(key.substring(dot + 1));
                }
            } else if (isOfCluster(key)) {
                KEYS.stream()
                        .filter(known -> key.startsWith(known + "."))
                        .forEach(known -> clusters.add(key.substring(known.length() + 1)));
            }
        }
        return clusters;
    }

    private ClusterRules rules(String suffix, ClusterRules usual) {
        Map<AlertKind, AlertSeverity> severities = new EnumMap<>(AlertKind.class);
        severities.putAll(usual.severities());
        for (Setting setting : settings) {
            severity(setting, suffix).ifPresent(severities::putAll);
        }
        return new ClusterRules(
                span("alerts.outage.budget" + suffix).orElse(usual.outageBudget()),
                span("alerts.candidate.wait" + suffix).orElse(usual.candidateWait()),
                span("alerts.redundancy.after" + suffix).orElse(usual.redundancyAfter()),
                span("alerts.silent.after" + suffix).orElse(usual.silentAfter()),
                span("alerts.settle" + suffix).orElse(usual.settle()),
                find("alerts.loss.bytes" + suffix).flatMap(this::bytes).orElse(usual.lossBytes()),
                severities,
                find("alerts.silence" + suffix)
                        .map(setting -> WrittenSilence.parse(setting, faults))
                        .orElse(usual.silences()));
    }

    /** {@code alerts.severity.NearMiss=warning}, and {@code alerts.severity.NearMiss.batman=info} where the suffix is {@code .batman}. */
    private Optional<Map<AlertKind, AlertSeverity>> severity(Setting setting, String suffix) {
        if (!setting.key().startsWith(SEVERITY)) {
            return Optional.empty();
        }
        String rest = setting.key().substring(SEVERITY.length());
        int dot = rest.indexOf('.');
        String name = dot < 0 ? rest : rest.substring(0, dot);
        if (!(dot < 0 ? "" : rest.substring(dot)).equals(suffix)) {
            return Optional.empty();
        }
        Optional<AlertKind> kind = AlertKind.of(name);
        Optional<AlertSeverity> severity = AlertSeverity.of(setting.value());
        if (kind.isEmpty()) {
            fault(setting, "names no alert; there are " + WrittenSilence.labels());
        } else if (severity.isEmpty()) {
            fault(setting, "is '" + setting.value() + "'; it must be critical, warning or info");
        }
        return kind.flatMap(known -> severity.map(urgency -> Map.of(known, urgency)));
    }

    private Optional<Duration> span(String key) {
        return find(key).flatMap(setting -> {
            Optional<Duration> span = WrittenDuration.parse(setting.value());
            if (span.isEmpty()) {
                fault(setting, "is '" + setting.value() + "'; it must be a time such as 500ms, 10s or 2m");
            }
            return span;
        });
    }

    private Optional<Long> bytes(Setting setting) {
        if (!BYTES.matcher(setting.value()).matches()) {
            fault(setting, "is '" + setting.value() + "'; it must be a number of bytes");
            return Optional.empty();
        }
        return Optional.of(Long.valueOf(setting.value()));
    }

    private Optional<Setting> find(String key) {
        return settings.stream().filter(setting -> setting.key().equals(key)).findFirst();
    }

    private void fault(Setting setting, String what) {
        faults.add(new Fault(setting.key(), setting.place(), what));
    }
}
