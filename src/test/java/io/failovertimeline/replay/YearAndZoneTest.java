package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failover at midnight of New Year, told by a journal whose prefix has neither year nor zone. */
class YearAndZoneTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void patronis_own_stamps_tell_the_year() throws IOException {
        Path journal = journal(line -> true, "2029-05-05T00:00:00Z");

        Incident incident = incident(journal, BERLIN);

        assertThat(incident.startedAt()).isEqualTo("2023-12-31T22:59:53.392Z");
        assertThat(incident.promotedAt()).contains(Instant.parse("2023-12-31T23:00:04.575Z"));
    }

    @Test
    void the_files_date_tells_the_year_where_no_line_does() throws IOException {
        Path journal = journal(line -> !line.contains("2023-"), "2024-01-02T08:00:00Z");

        Incident incident = incident(journal, BERLIN);

        assertThat(incident.startedAt()).isEqualTo("2023-12-31T22:59:53Z");
        assertThat(incident.promotedAt()).contains(Instant.parse("2023-12-31T23:00:04Z"));
    }

    @Test
    void in_utc_the_same_journal_ends_in_the_new_year() throws IOException {
        Path journal = journal(line -> !line.contains("2023-"), "2024-01-02T08:00:00Z");

        Incident incident = incident(journal, ZoneId.of("Z"));

        assertThat(incident.startedAt()).isEqualTo("2023-12-31T23:59:53Z");
        assertThat(incident.promotedAt()).contains(Instant.parse("2024-01-01T00:00:04Z"));
    }

    @Test
    void a_leap_day_without_a_year_is_that_of_the_leap_year_before() throws IOException {
        List<String> lines = journalLines()
                .filter(line -> !line.contains("2023-"))
                .map(line -> line.replace("Dec 10 ", "Feb 29 "))
                .toList();
        Path journal = Files.write(folder.resolve("journal.log"), lines);
        Files.setLastModifiedTime(journal, FileTime.from(Instant.parse("2024-03-01T08:00:00Z")));

        Incident incident = incident(journal, BERLIN);

        assertThat(incident.startedAt()).isEqualTo("2024-02-29T15:19:53Z");
    }

    @Test
    void a_copy_whose_local_times_clocks_showed_twice_adds_nothing_to_a_journal_that_tells() throws IOException {
        List<String> exact = journalLines()
                .map(line -> line.replace("Dec 10 16:", "2026-10-25T02:").replace("2023-12-10 16:", "2026-10-25 02:"))
                .map(line -> line.substring(0, 19) + "+0100" + line.substring(19))
                .toList();
        List<String> local = journalLines()
                .map(line -> line.replace("Dec 10 16:", "Oct 25 02:").replace("2023-12-10 16:", "2026-10-25 02:"))
                .toList();
        Path journal = Files.write(folder.resolve("journal.log"), exact);
        Path copy = Files.write(folder.resolve("copy.log"), local);

        List<Incident> both = Lab.replay(GivenZones.of(BERLIN), List.of(journal, copy))
                .findings()
                .incidents();

        assertThat(both).hasSize(1);
        assertThat(both.get(0).events())
                .hasSameSizeAs(incident(journal, BERLIN).events())
                .noneMatch(step -> step.precision() == Precision.REPEATED_HOUR);
        assertThat(both.get(0).lockAcquiredAt()).contains(Instant.parse("2026-10-25T01:19:53.445Z"));
        assertThat(incident(copy, BERLIN).events()).allMatch(step -> step.precision() == Precision.REPEATED_HOUR);
    }

    private static Stream<String> journalLines() throws IOException {
        return Files.readAllLines(Lab.BUNDLED.resolve("write-up/README.md")).stream()
                .filter(line -> line.startsWith("Dec 10 "));
    }

    /** The write-up's journal, with its seconds 54 and 55 in the new year's first seconds. */
    private Path journal(Predicate<String> kept, String fileDate) throws IOException {
        List<String> lines = journalLines()
                .filter(kept)
                .map(line -> line.replace("Dec 10 16:19:54", "Jan  1 00:00:04")
                        .replace("Dec 10 16:19:55", "Jan  1 00:00:05")
                        .replace("2023-12-10 16:19:54", "2024-01-01 00:00:04")
                        .replace("2023-12-10 16:19:55", "2024-01-01 00:00:05")
                        .replace("Dec 10 16:19:", "Dec 31 23:59:")
                        .replace("2023-12-10 16:19:", "2023-12-31 23:59:"))
                .toList();
        Path journal = Files.write(folder.resolve("journal.log"), lines);
        return Files.setLastModifiedTime(journal, FileTime.from(Instant.parse(fileDate)));
    }

    private static Incident incident(Path journal, ZoneId zone) throws IOException {
        List<Incident> incidents =
                Lab.replay(GivenZones.of(zone), List.of(journal)).findings().incidents();
        assertThat(incidents).hasSize(1);
        return incidents.get(0);
    }
}
