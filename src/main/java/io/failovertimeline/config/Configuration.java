package io.failovertimeline.config;

import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.load.EndpointPatterns;
import io.failovertimeline.deliver.Receiver;
import io.failovertimeline.model.RecoveryTargets;
import io.failovertimeline.stream.ClusterNames;
import io.failovertimeline.stream.StreamSettings;
import io.failovertimeline.web.WebSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * All settings of a process that talks to a Kafka cluster, read once. Each comes from the command line, else from the environment, else
 * from the file, else it is the default.
 *
 * @param stream of the stream application; where Kafka is, and what its clients are given, is part of them
 * @param endpoints names for the endpoints of load results
 * @param targets the longest outages that are tolerated
 * @param receivers who alerts are delivered to
 * @param listen where to answer requests for metrics and health; empty if nobody is to
 * @param web where the live page is and who may see it
 * @param logFormat how the program writes its own log; default {@link LogFormat#TEXT}
 * @param given what was set, by key, without secrets: for the log
 */
public record Configuration(
        StreamSettings stream,
        EndpointPatterns endpoints,
        RecoveryTargets targets,
        List<Receiver> receivers,
        Optional<InetSocketAddress> listen,
        WebSettings web,
        LogFormat logFormat,
        SortedMap<String, String> given) {

    /** Where the cluster is unless something else is said. */
    public static final String DEFAULT_SERVERS = "localhost:9092";

    private static final String KAFKA = "kafka.";
    private static final String MEMBERS = "cluster.";
    private static final String ZONES = "zone.";
    private static final String SERVERS = KAFKA + "bootstrap.servers";
    private static final String TARGETS = "rto.";
    private static final List<String> KEYS = List.of(
            "application.id",
            "state.dir",
            "zone",
            "evidence.most",
            "partitions",
            "listen",
            "log.format",
            "endpoints",
            "rto",
            "web.listen",
            "web.token",
            "web.user",
            "web.password",
            "web.acknowledge.token",
            "web.tls.keystore",
            "web.tls.password");
    private static final Pattern APPLICATION = Pattern.compile("[A-Za-z0-9._-]{1,200}");
    private static final Pattern PARTITIONS = Pattern.compile("[1-9][0-9]{0,3}");
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{3,8}");

    /** What environment variables that hold settings begin with. */
    static final String VARIABLE = "FAILOVER_";

    /**
     * Reads and checks everything.
     *
     * @param file Java properties; empty for none
     * @param environment of the process: {@code FAILOVER_STATE_DIR} is {@code state.dir}, {@code FAILOVER_KAFKA_SECURITY_PROTOCOL}
     *     is {@code kafka.security.protocol}
     * @param options from the command line, by key
     * @throws ConfigurationException if anything can't be used; it says all of that
     * @throws IOException if the file can't be read
     */
    public static Configuration read(Optional<Path> file, Map<String, String> environment, Map<String, String> options)
            throws IOException {
        List<Fault> faults = new ArrayList<>();
        Map<String, Setting> settings = new LinkedHashMap<>();
        if (file.isPresent()) {
            for (Setting setting : SettingsFile.read(file.get(), faults)) {
                Setting before = settings.put(setting.key(), setting);
                if (before != null) {
                    faults.add(new Fault(setting.key(), setting.place(), "was set before, at " + before.place()));
                }
            }
        }
        fromEnvironment(environment).forEach(setting -> settings.put(setting.key(), setting));
        options.forEach((key, value) -> settings.put(key, new Setting(key, value, "the command line")));

        References references = new References(environment);
        settings.replaceAll((key, setting) -> references.resolved(setting, faults));
        Configuration configuration = new Checked(settings, faults).configuration();
        if (!faults.isEmpty()) {
            throw new ConfigurationException(faults);
        }
        return configuration;
    }

    /** What clients of Kafka other than the stream application are given. */
    public Properties client() {
        Properties client = new Properties();
        // A cluster that is not there is to be said soon.
        client.put("default.api.timeout.ms", "15000");
        client.put("request.timeout.ms", "10000");
        client.putAll(stream.kafka());
        client.put("bootstrap.servers", stream.bootstrapServers());
        return client;
    }

    private static List<Setting> fromEnvironment(Map<String, String> environment) {
        List<Setting> settings = new ArrayList<>();
        new TreeMap<>(environment).forEach((variable, value) -> {
            boolean isOurs = variable.startsWith(VARIABLE);
            String key = isOurs
                    ? variable.substring(VARIABLE.length())
                            .toLowerCase(Locale.ROOT)
                            .replace('_', '.')
                    : "";
            if (KEYS.contains(key) || AlertSettings.KEYS.contains(key) || key.startsWith(KAFKA)) {
                settings.add(new Setting(key, value, "the environment variable " + variable));
            }
        });
        return settings;
    }

    /** Settings whose values are looked at, each fault being noted. */
    private record Checked(Map<String, Setting> settings, List<Fault> faults) {

        Configuration configuration() {
            settings.values().stream()
                    .filter(setting -> !isKnown(setting.key()))
                    .forEach(setting -> fault(
                            setting,
                            "is unknown; known are " + String.join(", ", KEYS)
                                    + ", kafka.NAME, cluster.NAME, zone.NAME and rto.NAME; of alerts "
                                    + String.join(", ", AlertSettings.KEYS)
                                    + ", alerts.severity.NAME and receiver.NAME.type"));
            StreamSettings defaults = StreamSettings.of(
                    value(SERVERS, "must be host:port, several separated by commas", Checked::servers)
                            .orElse(DEFAULT_SERVERS),
                    value("state.dir", "is no path", Checked::path).orElseGet(Checked::usualStateDir));
            StreamSettings stream = new StreamSettings(
                    defaults.bootstrapServers(),
                    value("application.id", "may have letters, digits, '.', '_' and '-' only", Checked::application)
                            .orElse(defaults.applicationId()),
                    defaults.stateDir(),
                    new ClusterNames(clusters()),
                    zones(),
                    value("evidence.most", "must be a whole number from 1000 on", Checked::count)
                            .orElse(defaults.mostEvidence()),
                    new AlertSettings(settings.values(), faults).rules(),
                    value("partitions", "must be a whole number from 1 to 9999", Checked::partitions)
                            .orElse(defaults.partitions()),
                    kafka());
            Optional<InetSocketAddress> listen =
                    value("listen", "must be host:port, such as 127.0.0.1:9404", Listen::parse);
            LogFormat logFormat =
                    value("log.format", "must be text or json", LogFormat::of).orElse(LogFormat.TEXT);
            List<Receiver> receivers = new ReceiverSettings(settings.values(), faults).receivers();
            SortedMap<String, String> given = new TreeMap<>();
            settings.forEach((key, setting) -> given.put(key, setting.shown()));
            return new Configuration(stream, endpoints(), targets(), receivers, listen, web(), logFormat, given);
        }

        private WebSettings web() {
            Optional<InetSocketAddress> listen =
                    value("web.listen", "must be host:port, such as 127.0.0.1:8383", Listen::parse);
            Optional<String> user = together("web.user", "web.password");
            Optional<String> store = together("web.tls.keystore", "web.tls.password");
            WebSettings usual = WebSettings.loopback(WebSettings.USUAL_PORT);
            return new WebSettings(
                    listen.orElse(usual.listen()),
                    secret("web.token"),
                    user.map(name ->
                            new WebSettings.Login(name, secret("web.password").orElse(""))),
                    secret("web.acknowledge.token"),
                    store.flatMap(file -> value("web.tls.keystore", "is no path", Checked::path))
                            .map(file -> new WebSettings.Tls(
                                    file, secret("web.tls.password").orElse(""))));
        }

        /** The value of {@code key}, which says nothing without {@code other}, nor that without it. */
        private Optional<String> together(String key, String other) {
            Setting its = settings.get(key);
            Setting others = settings.get(other);
            if (its != null && others == null) {
                fault(its, "needs " + other + " too");
            } else if (its == null && others != null) {
                fault(others, "needs " + key + " too");
            }
            return Optional.ofNullable(its).map(Setting::value).filter(value -> others != null);
        }

        private Optional<String> secret(String key) {
            return value(key, "must have 8 characters or more", text -> Optional.of(text)
                    .filter(secret -> secret.length() >= 8));
        }

        private static boolean isKnown(String key) {
            return KEYS.contains(key)
                    || AlertSettings.isKnown(key)
                    || ReceiverSettings.isKnown(key)
                    || List.of(KAFKA, MEMBERS, ZONES, TARGETS).stream()
                            .anyMatch(prefix -> key.startsWith(prefix) && key.length() > prefix.length());
        }

        private void fault(Setting setting, String what) {
            faults.add(new Fault(setting.key(), setting.place(), what));
        }

        private <T> Optional<T> value(String key, String rule, Function<String, Optional<T>> parse) {
            Setting setting = settings.get(key);
            if (setting == null) {
                return Optional.empty();
            }
            Optional<T> value = parse.apply(setting.value());
            if (value.isEmpty()) {
                fault(setting, "is '" + setting.shown() + "'; it " + rule);
            }
            return value;
        }

        private static Path usualStateDir() {
            return Path.of(System.getProperty("java.io.tmpdir"), "failover-timeline");
        }

        private static Optional<String> servers(String text) {
            boolean isList = Pattern.matches("[^\\s,]+:\\d{1,5}(?:\\s*,\\s*[^\\s,]+:\\d{1,5})*", text);
            return Optional.of(text).filter(servers -> isList);
        }

        private static Optional<String> application(String text) {
            return Optional.of(text).filter(id -> APPLICATION.matcher(id).matches());
        }

        private static Optional<Integer> count(String text) {
            return Optional.of(text)
                    .filter(digits -> COUNT.matcher(digits).matches())
                    .map(Integer::valueOf);
        }

        private static Optional<Integer> partitions(String text) {
            return Optional.of(text)
                    .filter(digits -> PARTITIONS.matcher(digits).matches())
                    .map(Integer::valueOf);
        }

        private static Optional<Path> path(String text) {
            try {
                return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
            } catch (InvalidPathException impossible) {
                return Optional.empty();
            }
        }

        private Map<String, String> kafka() {
            Map<String, String> kafka = new HashMap<>();
            settings.values().stream()
                    .filter(setting ->
                            setting.key().startsWith(KAFKA) && !setting.key().equals(SERVERS))
                    .forEach(setting -> kafka.put(setting.key().substring(KAFKA.length()), setting.value()));
            return kafka;
        }

        /** {@code zone=UTC} and {@code zone.db1=+03:00}, the latter for a host or for sources. */
        private GivenZones zones() {
            List<String> texts = new ArrayList<>();
            for (Setting setting : settings.values()) {
                boolean isOfOne = setting.key().startsWith(ZONES);
                if (isOfOne || setting.key().equals("zone")) {
                    String text =
                            isOfOne ? setting.key().substring(ZONES.length()) + "=" + setting.value() : setting.value();
                    try {
                        GivenZones.parse(List.of(text));
                        texts.add(text);
                    } catch (IllegalArgumentException wrong) {
                        fault(setting, "is '" + setting.value() + "': " + wrong.getMessage());
                    }
                }
            }
            return GivenZones.parse(texts);
        }

        /** {@code endpoints=/etc/failover/endpoints}: a file with a pattern a line. */
        private EndpointPatterns endpoints() {
            Setting setting = settings.get("endpoints");
            if (setting == null) {
                return EndpointPatterns.NONE;
            }
            try {
                return EndpointPatterns.parse(Files.readAllLines(Path.of(setting.value()), StandardCharsets.UTF_8));
            } catch (IOException | InvalidPathException unreadable) {
                fault(setting, "is '" + setting.value() + "', which can't be read as text in UTF-8");
            } catch (IllegalArgumentException wrong) {
                fault(setting, "is '" + setting.value() + "', where " + wrong.getMessage());
            }
            return EndpointPatterns.NONE;
        }

        /** {@code rto=30s} and {@code rto.batman=1m}, the latter for a cluster. */
        private RecoveryTargets targets() {
            List<String> texts = new ArrayList<>();
            for (Setting setting : settings.values()) {
                boolean isOfOne = setting.key().startsWith(TARGETS);
                if (isOfOne || setting.key().equals("rto")) {
                    String text = isOfOne
                            ? setting.key().substring(TARGETS.length()) + "=" + setting.value()
                            : setting.value();
                    try {
                        RecoveryTargets.parse(List.of(text));
                        texts.add(text);
                    } catch (IllegalArgumentException wrong) {
                        fault(setting, "is '" + setting.value() + "': " + wrong.getMessage());
                    }
                }
            }
            return RecoveryTargets.parse(texts);
        }

        /** {@code cluster.batman=db1,db2} turned around: the cluster by member. */
        private Map<String, String> clusters() {
            Map<String, String> clusters = new HashMap<>();
            for (Setting setting : settings.values()) {
                if (setting.key().startsWith(MEMBERS)) {
                    String cluster = setting.key().substring(MEMBERS.length());
                    for (String member : setting.value().split(",", -1)) {
                        String name = member.strip();
                        String other = clusters.put(name, cluster);
                        if (name.isEmpty()) {
                            fault(setting, "has a member without a name; members are separated by commas");
                        } else if (other != null && !other.equals(cluster)) {
                            fault(setting, "has " + name + ", which is in cluster " + other + " already");
                        }
                    }
                }
            }
            return clusters;
        }
    }
}
