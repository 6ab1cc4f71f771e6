package io.failovertimeline.config;

import io.failovertimeline.alert.AlertSeverity;
import io.failovertimeline.deliver.Receiver;
import io.failovertimeline.model.WrittenDuration;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The settings of those who alerts are delivered to: {@code receiver.NAME.type=alertmanager}, {@code receiver.NAME.url=…}. */
final class ReceiverSettings {

    static final String PREFIX = "receiver.";

    private static final Set<String> PARTS = Set.of(
            "type", "url", "token", "secret", "template", "tags", "dashboard", "ca", "severity", "clusters", "resend");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,60}");
    private static final Pattern UNESCAPED = Pattern.compile("\\{\\{\\s*[{&=]");
    private static final String PAGER_DUTY = "https://events.pagerduty.com/v2/enqueue";
    private static final Duration RESEND = Duration.ofMinutes(1);

    private final Collection<Setting> settings;
    private final List<Fault> faults;

    ReceiverSettings(Collection<Setting> settings, List<Fault> faults) {
        this.settings = settings;
        this.faults = faults;
    }

    static boolean isKnown(String key) {
        String[] parts = key.split("\\.", -1);
        return parts.length == 3
                && key.startsWith(PREFIX)
                && NAME.matcher(parts[1]).matches()
                && PARTS.contains(parts[2]);
    }

    List<Receiver> receivers() {
        Map<String, Map<String, Setting>> byName = new TreeMap<>();
        settings.stream().filter(setting -> isKnown(setting.key())).forEach(setting -> {
            String[] parts = setting.key().split("\\.", -1);
            byName.computeIfAbsent(parts[1], name -> new TreeMap<>()).put(parts[2], setting);
        });
        List<Receiver> receivers = new ArrayList<>();
        byName.forEach((name, its) -> receiver(name, its).ifPresent(receivers::add));
        return receivers;
    }

    private Optional<Receiver> receiver(String name, Map<String, Setting> its) {
        Setting first = its.values().iterator().next();
        Optional<Receiver.Type> type =
                value(its, "type", "must be alertmanager, webhook, slack, pagerduty or grafana", Receiver.Type::of);
        if (!its.containsKey("type")) {
            faults.add(new Fault(PREFIX + name + ".type", first.place(), "is not set, but other settings of it are"));
        }
        Optional<URI> url = value(
                        its, "url", "must be an address that begins with http:// or https://", ReceiverSettings::url)
                .or(() -> type.filter(Receiver.Type.PAGERDUTY::equals).map(duty -> URI.create(PAGER_DUTY)));
        if (type.isPresent() && url.isEmpty() && !its.containsKey("url")) {
            faults.add(new Fault(PREFIX + name + ".url", first.place(), "is not set"));
        }
        Optional<AlertSeverity> severity =
                value(its, "severity", "must be critical, warning or info", AlertSeverity::of);
        Duration resend = Optional.ofNullable(its.get("resend"))
                .flatMap(setting -> {
                    Optional<Duration> span =
                            WrittenDuration.parse(setting.value()).filter(time -> !time.isZero());
                    if (span.isEmpty()) {
                        fault(setting, "is '" + setting.value() + "'; it must be a time such as 30s or 1m");
                    }
                    return span;
                })
                .orElse(RESEND);
        Optional<String> template = value(
                its,
                "template",
                "leaves values unescaped ({{{ or {{&) or changes the braces ({{=), which is not allowed",
                ReceiverSettings::template);
        return type.flatMap(known -> url.map(address -> new Receiver(
                name,
                known,
                address,
                text(its, "token"),
                text(its, "secret"),
                template,
                list(its, "tags"),
                text(its, "dashboard"),
                text(its, "ca"),
                severity.orElse(known.usually()),
                Set.copyOf(list(its, "clusters")),
                resend)));
    }

    private <T> Optional<T> value(
            Map<String, Setting> its, String part, String rule, Function<String, Optional<T>> parse) {
        Optional<Setting> setting = Optional.ofNullable(its.get(part));
        Optional<T> value = setting.map(Setting::value).flatMap(parse);
        if (value.isEmpty()) {
            setting.ifPresent(wrong -> fault(wrong, "is '" + wrong.shown() + "'; it " + rule));
        }
        return value;
    }

    private void fault(Setting setting, String what) {
        faults.add(new Fault(setting.key(), setting.place(), what));
    }

    private static Optional<URI> url(String text) {
        try {
            URI address = URI.create(text);
            return Optional.of(address)
                    .filter(url -> ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                            && url.getHost() != null);
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    private static Optional<String> template(String text) {
        return Optional.of(text).filter(template -> !UNESCAPED.matcher(template).find());
    }

    private static Optional<String> text(Map<String, Setting> its, String part) {
        return Optional.ofNullable(its.get(part)).map(Setting::value).filter(text -> !text.isEmpty());
    }

    private static List<String> list(Map<String, Setting> its, String part) {
        return text(its, part).stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
