package io.failovertimeline.decode;

import io.failovertimeline.model.BalancerChecks;
import io.failovertimeline.model.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one source, read as HAProxy's configuration, tells of how backends are checked. What it does not set has the default that
 * HAProxy documents; where the servers of a backend are checked differently, nothing is told of it.
 *
 * @see <a href="https://docs.haproxy.org/2.6/configuration.html#5.2">HAProxy's server options</a>
 */
final class BalancerNotes {

    private static final Pattern SECTION = Pattern.compile(
            "(defaults|listen|backend|frontend|global|userlist|peers|resolvers|cache|program|mailers|ring)(?:\\s+(\\S+))?.*");
    private static final Pattern SERVERS = Pattern.compile("\\s*(default-server|server\\s+(\\S+)\\s+\\S+)\\s+(.*)");
    private static final Pattern HTTP_CHECK = Pattern.compile(
            "\\s*option\\s+httpchk(?:\\s+[A-Z]+)?\\s+(/\\S*).*|\\s*http-check\\s+send\\s.*\\buri\\s+(/\\S*).*");
    private static final Pattern TIMEOUT = Pattern.compile("\\s*timeout\\s+(check|connect)\\s+(\\S+).*");
    private static final Pattern OPTION =
            Pattern.compile("(?<!\\S)(?:(check|no-check)|(inter|fastinter|downinter|rise|fall)\\s+(\\S+))(?!\\S)");
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(us|ms|s|m|h|d)?");
    private static final Pattern COUNT = Pattern.compile("\\d{1,6}");

    private final String source;
    private final LinesByNumber<String> lines = new LinesByNumber<>();

    BalancerNotes(String source) {
        this.source = source;
    }

    /** Takes a line that is no log record. */
    void add(String written, long line) {
        int comment = written.indexOf('#');
        String text = comment < 0 ? written : written.substring(0, comment).stripTrailing();
        if (SECTION.matcher(text).matches()
                || SERVERS.matcher(text).matches()
                || HTTP_CHECK.matcher(text).matches()
                || TIMEOUT.matcher(text).matches()) {
            lines.put(line, text);
        }
    }

    /** The backends whose servers are checked, all in one way. */
    List<BalancerChecks> checks() {
        List<BalancerChecks> checks = new ArrayList<>();
        Section defaults = new Section("defaults", "", 0, new Section("", "", 0));
        Section section = defaults;
        for (Map.Entry<Long, String> line : lines.all().entrySet()) {
            Matcher begin = SECTION.matcher(line.getValue());
            if (begin.matches()) {
                section.checks(source).ifPresent(checks::add);
                String name = Optional.ofNullable(begin.group(2)).orElse("");
                section = new Section(begin.group(1), name, line.getKey(), defaults);
                if (begin.group(1).equals("defaults")) {
                    defaults = section;
                }
            } else {
                section.add(line.getValue());
            }
        }
        section.checks(source).ifPresent(checks::add);
        return checks;
    }

    /** A section of the configuration. */
    private static final class Section {

        private final String kind;
        private final String name;
        private final long line;
        private final Map<String, String> defaultServer = new HashMap<>();
        private final Map<String, String> timeouts = new HashMap<>();
        private final TreeMap<String, Map<String, String>> servers = new TreeMap<>();
        private String path = "";

        Section(String kind, String name, long line) {
            this.kind = kind;
            this.name = name;
            this.line = line;
        }

        Section(String kind, String name, long line, Section defaults) {
            this(kind, name, line);
            defaultServer.putAll(defaults.defaultServer);
            timeouts.putAll(defaults.timeouts);
            path = defaults.path;
        }

        void add(String text) {
            Matcher server = SERVERS.matcher(text);
            Matcher httpCheck = HTTP_CHECK.matcher(text);
            Matcher timeout = TIMEOUT.matcher(text);
            if (server.matches()) {
                Map<String, String> options = server.group(2) == null
                        ? defaultServer
                        : servers.computeIfAbsent(server.group(2), unused -> new HashMap<>(defaultServer));
                take(server.group(3), options);
            } else if (httpCheck.matches()) {
                path = Optional.ofNullable(httpCheck.group(1)).orElse(httpCheck.group(2));
            } else if (timeout.matches()) {
                timeouts.put(timeout.group(1), timeout.group(2));
            }
        }

        private static void take(String text, Map<String, String> options) {
            Matcher option = OPTION.matcher(text);
            while (option.find()) {
                if (option.group(2) != null) {
                    options.put(option.group(2), option.group(3));
                } else if (option.group(1).equals("check")) {
                    options.put("check", "");
                } else {
                    options.remove("check");
                }
            }
        }

        Optional<BalancerChecks> checks(String source) {
            List<Map<String, String>> ways =
                    servers.values().stream().map(Section::timing).distinct().toList();
            boolean checked = ways.size() == 1 && ways.get(0).containsKey("check");
            return checked && !name.isEmpty() && (kind.equals("listen") || kind.equals("backend"))
                    ? checks(ways.get(0), Origin.line(source, line))
                    : Optional.empty();
        }

        private static Map<String, String> timing(Map<String, String> options) {
            return new TreeMap<>(options);
        }

        private Optional<BalancerChecks> checks(Map<String, String> options, Origin origin) {
            Optional<Duration> inter = time(options.getOrDefault("inter", "2s"));
            Optional<Duration> fast = inter.flatMap(usual -> time("fastinter", options, usual));
            Optional<Duration> down = inter.flatMap(usual -> time("downinter", options, usual));
            Optional<Duration> longest = inter.flatMap(this::longest);
            Optional<Integer> rise = count(options.getOrDefault("rise", "2"));
            Optional<Integer> fall = count(options.getOrDefault("fall", "3"));
            if (fast.isEmpty() || down.isEmpty() || longest.isEmpty() || rise.isEmpty() || fall.isEmpty()) {
                return Optional.empty(); // such as a variable of the environment
            }
            return Optional.of(new BalancerChecks(
                    name,
                    path,
                    new TreeSet<>(servers.keySet()),
                    inter.orElseThrow(),
                    fast.get(),
                    down.get(),
                    rise.get(),
                    fall.get(),
                    longest.get(),
                    origin));
        }

        /** To connect at most one interval; with {@code timeout check}, so long again for the answer, else both together. */
        private Optional<Duration> longest(Duration inter) {
            Optional<Duration> connect = time("connect", timeouts, inter);
            return timeouts.containsKey("check")
                    ? time("check", timeouts, inter)
                            .flatMap(answer ->
                                    connect.map(limit -> answer.plus(limit.compareTo(inter) <= 0 ? limit : inter)))
                    : Optional.of(inter);
        }

        private static Optional<Duration> time(String name, Map<String, String> options, Duration otherwise) {
            return options.containsKey(name) ? time(options.getOrDefault(name, "")) : Optional.of(otherwise);
        }

        private static Optional<Integer> count(String text) {
            return COUNT.matcher(text).matches() ? Optional.of(Integer.parseInt(text)) : Optional.empty();
        }

        /** Milliseconds, unless a unit says otherwise. */
        private static Optional<Duration> time(String text) {
            Matcher time = TIME.matcher(text);
            if (!time.matches()) {
                return Optional.empty();
            }
            long number = Long.parseLong(time.group(1));
            return Optional.of(
                    switch (Optional.ofNullable(time.group(2)).orElse("ms")) {
                        case "us" -> Duration.ofNanos(number * 1000);
                        case "s" -> Duration.ofSeconds(number);
                        case "m" -> Duration.ofMinutes(number);
                        case "h" -> Duration.ofHours(number);
                        case "d" -> Duration.ofDays(number);
                        default -> Duration.ofMillis(number);
                    });
        }
    }
}
