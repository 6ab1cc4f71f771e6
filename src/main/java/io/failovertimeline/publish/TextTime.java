package io.failovertimeline.publish;

import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Report;
import io.failovertimeline.model.ZoneFinding;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * Times as a person reads them: on the clock of the input, never finer than they are known.
 *
 * @param zone the zone they are shown in
 */
record TextTime(ZoneId zone) {

    /** Width of {@code 16:19:54.575}; a time that is known to the second is padded to it. */
    static final int CLOCK_WIDTH = 12;

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    /** On the clock that the input's own local times were read on; UTC where hosts differ or no zone was found. */
    static TextTime of(Report report) {
        List<ZoneId> ofAllHosts = report.zones().stream()
                .filter(finding -> finding.host().isEmpty())
                .map(ZoneFinding::zone)
                .toList();
        List<ZoneId> candidates = ofAllHosts.isEmpty()
                ? report.zones().stream().map(ZoneFinding::zone).distinct().toList()
                : ofAllHosts;
        return new TextTime(candidates.size() == 1 ? candidates.get(0) : ZoneOffset.UTC);
    }

    /** The same clock with the offset that holds at {@code at}, so that one offset is true for a whole story. */
    TextTime fixedAt(Instant at) {
        return new TextTime(zone.getRules().getOffset(at));
    }

    /** {@code Europe/Moscow}, {@code +03:00}, or {@code UTC}. */
    static String zoneName(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    /** {@code +03:00}, or {@code UTC}. */
    String offset(Instant at) {
        ZoneOffset offset = zone.getRules().getOffset(at);
        return offset.equals(ZoneOffset.UTC) ? "UTC" : offset.getId();
    }

    LocalDate date(Instant at) {
        return at.atZone(zone).toLocalDate();
    }

    /** {@code 16:19:54.575}, or {@code 16:19:54} where only the second is known. */
    String clock(Instant at, Precision precision) {
        return (precision.isCoarse() ? SECONDS : MILLIS).format(at.atZone(zone));
    }

    /** As fine as the instant itself: a whole second is shown as one. */
    String clock(Instant at) {
        return clock(at, at.equals(at.truncatedTo(ChronoUnit.SECONDS)) ? Precision.SECONDS : Precision.MILLIS);
    }

    /** {@code 2023-12-10 16:19:54.575}. */
    String dateAndClock(Instant at) {
        return date(at) + " " + clock(at);
    }

    /** {@code 16:19:54.575}, with its date where that is not {@code other}'s. */
    String clockNear(Instant at, Instant other) {
        return date(at).equals(date(other)) ? clock(at) : dateAndClock(at);
    }

    /** {@code 65 ms}, {@code 1.18 s}, {@code 24.3 s}, {@code 2 m 05 s}, {@code 1 h 02 m}: about three digits. */
    static String span(Duration span) {
        long millis = span.toMillis();
        if (millis < 100) {
            return millis == 0 ? "0 s" : millis + " ms";
        }
        if (millis < 9_995) {
            return String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
        }
        if (millis < 59_950) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        long seconds = Math.round(millis / 1000.0);
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%d m %02d s", seconds / 60, seconds % 60);
        }
        long minutes = Math.round(seconds / 60.0);
        return String.format(Locale.ROOT, "%d h %02d m", minutes / 60, minutes % 60);
    }
}
