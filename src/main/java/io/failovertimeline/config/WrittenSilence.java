package io.failovertimeline.config;

import io.failovertimeline.alert.AlertKind;
import io.failovertimeline.alert.Silence;
import io.failovertimeline.alert.Window;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Silences as settings write them, separated by commas: an alert or {@code all}, and, unless it is for ever, {@code
 * 2026-11-28T01:00Z/2026-11-28T03:00Z} or {@code Sat-Sun 02:00-04:00 Europe/Berlin}.
 */
final class WrittenSilence {

    private static final Pattern WEEKLY = Pattern.compile("(?:(?<first>[A-Z][a-z]{2})(?:-(?<last>[A-Z][a-z]{2}))? )?"
            + "(?<begin>\\d\\d:\\d\\d)-(?<end>\\d\\d:\\d\\d)(?: (?<zone>\\S+))?");
    private static final int DAYS = 7;

    private WrittenSilence() {}

    /** What {@code setting} says; {@code faults} takes what can't be read. */
    static List<Silence> parse(Setting setting, List<Fault> faults) {
        List<Silence> silences = new ArrayList<>();
        for (String part : setting.value().split(",", -1)) {
            String[] words = part.strip().split("\\s+", 2);
            String name = words[0];
            Set<AlertKind> kinds = name.equals("all") ? EnumSet.allOf(AlertKind.class) : kinds(name);
            Optional<Window> when = words.length > 1 ? window(words[1]) : Optional.of(new Window.Always());
            if (kinds.isEmpty() && !name.isEmpty()) {
                fault(setting, faults, "names '" + name + "', which is no alert; there are " + labels() + ", and all");
            }
            if (when.isEmpty()) {
                fault(
                        setting,
                        faults,
                        "says '" + words[1] + "'; a time is 2026-11-28T01:00Z/2026-11-28T03:00Z or Sat-Sun 02:00-04:00"
                                + " Europe/Berlin, where days and zone may be left out");
            }
            when.filter(known -> !kinds.isEmpty()).ifPresent(known -> silences.add(new Silence(kinds, known)));
        }
        return silences;
    }

    /** All names of alerts. */
    static String labels() {
        return Stream.of(AlertKind.values()).map(AlertKind::label).collect(Collectors.joining(", "));
    }

    private static Set<AlertKind> kinds(String name) {
        return AlertKind.of(name).stream().collect(Collectors.toSet());
    }

    private static Optional<Window> window(String text) {
        Matcher weekly = WEEKLY.matcher(text);
        try {
            return weekly.matches() ? weekly(weekly) : once(text);
        } catch (DateTimeException wrong) {
            return Optional.empty();
        }
    }

    private static Optional<Window> once(String text) {
        String[] ends = text.split("/", -1);
        if (ends.length != 2) {
            return Optional.empty();
        }
        Instant begin = OffsetDateTime.parse(ends[0]).toInstant();
        Instant end = OffsetDateTime.parse(ends[1]).toInstant();
        return Optional.<Window>of(new Window.Once(begin, end)).filter(once -> begin.isBefore(end));
    }

    private static Optional<Window> weekly(Matcher text) {
        Optional<String> first = Optional.ofNullable(text.group("first"));
        Optional<DayOfWeek> from = first.flatMap(WrittenSilence::day);
        Optional<DayOfWeek> to =
                Optional.ofNullable(text.group("last")).map(WrittenSilence::day).orElse(from);
        if (first.isPresent() && (from.isEmpty() || to.isEmpty())) {
            return Optional.empty();
        }
        Set<DayOfWeek> days =
                from.flatMap(begin -> to.map(end -> days(begin, end))).orElseGet(() -> EnumSet.allOf(DayOfWeek.class));
        ZoneId zone = Optional.ofNullable(text.group("zone")).map(ZoneId::of).orElse(ZoneOffset.UTC);
        return Optional.of(new Window.Weekly(
                days, LocalTime.parse(text.group("begin")), LocalTime.parse(text.group("end")), zone));
    }

    private static Set<DayOfWeek> days(DayOfWeek first, DayOfWeek last) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (int more = 0; more <= Math.floorMod(last.getValue() - first.getValue(), DAYS); more++) {
            days.add(first.plus(more));
        }
        return days;
    }

    private static Optional<DayOfWeek> day(String name) {
        return Stream.of(DayOfWeek.values())
                .filter(day -> day.name().startsWith(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    private static void fault(Setting setting, List<Fault> faults, String what) {
        faults.add(new Fault(setting.key(), setting.place(), what));
    }
}
