package io.failovertimeline.decode.state;

import io.failovertimeline.decode.state.StateDump.Row;
import io.failovertimeline.model.StateKind;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * TCP segments sent again, by bpftrace's {@code tcpretrans.bt} or BCC's {@code tcpretrans}, one a line with the time of day only.
 * A row is what one address sent again to another in one second: {@code day} (from 0, one more after each midnight), {@code time},
 * {@code local}, {@code remote}, {@code retransmits}, {@code states}, and the ports where they are the same.
 */
final class Retransmits implements DumpFormat {

    private static final Pattern HEADER = Pattern.compile("TIME +PID +.*LADDR:LPORT +.*RADDR:RPORT +STATE\\s*");
    private static final Pattern SEGMENT = Pattern.compile("((?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d) +\\d+ +(?:[46] +)?"
            + "(\\S+): *(\\d{1,5}) +(?:[A-Z]> +)?(\\S+): *(\\d{1,5}) +(\\S+)\\s*");
    private static final Duration HALF_A_DAY = Duration.ofHours(12);

    private record Key(int day, String time, String local, String remote) {}

    /** What one pair did in one second. */
    private static final class Second {
        private final int line;
        private final TreeSet<String> localPorts = new TreeSet<>();
        private final TreeSet<String> remotePorts = new TreeSet<>();
        private final TreeSet<String> states = new TreeSet<>();
        private int segments;

        private Second(int line) {
            this.line = line;
        }

        private Row row(Key key) {
            TreeMap<String, String> fields = new TreeMap<>();
            fields.put("day", Integer.toString(key.day()));
            fields.put("time", key.time());
            fields.put("local", key.local());
            fields.put("remote", key.remote());
            fields.put("retransmits", Integer.toString(segments));
            fields.put("states", String.join(",", states));
            if (localPorts.size() == 1) {
                fields.put("local_port", localPorts.first());
            }
            if (remotePorts.size() == 1) {
                fields.put("remote_port", remotePorts.first());
            }
            return new Row(line, fields);
        }
    }

    @Override
    public boolean begins(String line) {
        return HEADER.matcher(line).matches();
    }

    @Override
    public Extent extent(String first) {
        return line -> SEGMENT.matcher(line).matches();
    }

    @Override
    public List<String> head(List<String> lines) {
        return List.copyOf(lines.subList(0, 1));
    }

    @Override
    public Optional<StateDump> read(List<String> lines) {
        Map<Key, Second> seconds = new LinkedHashMap<>();
        int day = 0;
        Optional<LocalTime> before = Optional.empty();
        for (int i = 1; i < lines.size(); i++) {
            Matcher segment = SEGMENT.matcher(lines.get(i));
            if (segment.matches()) {
                LocalTime time = LocalTime.parse(segment.group(1));
                day += before.filter(last -> Duration.between(time, last).compareTo(HALF_A_DAY) > 0)
                                .isPresent()
                        ? 1
                        : 0;
                before = Optional.of(time);
                int number = i;
                Second second = seconds.computeIfAbsent(
                        new Key(day, segment.group(1), segment.group(2), segment.group(4)),
                        unused -> new Second(number));
                second.segments++;
                second.localPorts.add(segment.group(3));
                second.remotePorts.add(segment.group(5));
                second.states.add(segment.group(6));
            }
        }
        List<Row> rows = new ArrayList<>();
        seconds.forEach((key, second) -> rows.add(second.row(key)));
        return Optional.of(StateDump.of(StateKind.TCP_RETRANSMITS, rows));
    }
}
