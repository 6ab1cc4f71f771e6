package io.failovertimeline.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.Joiner;
import io.failovertimeline.decode.LogDecoder;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However the same lines come, they tell the same. A line without a host is the exception: mixed with another host's it is
 * anybody's, so only lines that name their host are mixed.
 */
class ReplayPropertiesTest {

    private static final Path SWITCHOVER = Lab.BUNDLED.resolve("planned-switchover");
    /** PostgreSQL's lines that belong to a record before. */
    private static final Pattern BELONGING = Pattern.compile("^\t|(?:DETAIL|HINT|STATEMENT|CONTEXT):  ");

    private static final Path KILLED = Lab.BUNDLED.resolve("leader-killed");

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void the_order_of_paths_has_no_influence(long seed) throws IOException {
        List<Path> paths = new ArrayList<>(Lab.filesIn(SWITCHOVER));
        Report sorted = Lab.replay(paths);

        Collections.shuffle(paths, new Random(seed));
        Report shuffled = Lab.replay(paths);

        assertThat(shuffled.findings()).isEqualTo(sorted.findings());
        assertThat(shuffled.findings().incidents()).hasSize(1);
    }

    @Test
    void a_copy_counts_once_and_is_named() throws IOException {
        Lab.copy(SWITCHOVER, folder);
        Report once = Lab.replay(folder);

        Files.copy(folder.resolve("journal/db1.json"), folder.resolve("journal/db1.json.copy"));
        Files.copy(folder.resolve("load/vegeta.json"), folder.resolve("load/vegeta.json.copy"));
        Report twice = Lab.replay(folder);

        assertThat(twice.findings()).isEqualTo(once.findings());
        assertThat(twice.problems())
                .extracting(problem -> problem.place() + " " + problem.what())
                .containsExactlyInAnyOrder(
                        "journal/db1.json.copy has the same content as journal/db1.json; counted once",
                        "load/vegeta.json.copy has the same content as load/vegeta.json; counted once");
    }

    @Test
    void a_path_given_twice_counts_once() throws IOException {
        Report once = Lab.replay(SWITCHOVER);
        Report twice = Lab.replay(SWITCHOVER, SWITCHOVER);

        assertThat(Lab.story(twice)).isEqualTo(Lab.story(once));
        assertThat(twice.problems()).hasSameSizeAs(Lab.filesIn(SWITCHOVER));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"journal/db1.json", "journal/db2.json", "patroni/db1.patroni.log", "patroni/db2.patroni.log"})
    void a_log_that_comes_twice_in_two_orders_tells_nothing_new(String log) throws IOException {
        Lab.copy(SWITCHOVER, folder);
        Report once = Lab.replay(folder);

        List<String> lines = Files.readAllLines(folder.resolve(log));
        Files.write(folder.resolve(log + ".again"), shuffled(lines, new Random(7)));
        Report twice = Lab.replay(folder);

        assertThat(Lab.story(twice)).isEqualTo(Lab.story(once));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void merged_journals_tell_the_same_as_apart(long seed) throws IOException {
        assertMerges(SWITCHOVER, List.of("journal/db1.json", "journal/db2.json"), "journal/all.json", seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void merged_text_journals_tell_the_same_as_apart(long seed) throws IOException {
        assertMerges(KILLED, List.of("journal/db1.short.log", "journal/db2.short.log"), "journal/all.log", seed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "journal/db1.json",
                "journal/db2.json",
                "patroni/db1.patroni.log",
                "patroni/db2.patroni.log",
                "postgresql/db1.postgresql-15-main.log",
                "postgresql/db2.postgresql-15-main.log",
                "load/vegeta.json"
            })
    void a_file_cut_in_two_between_records_tells_the_same(String name) throws IOException {
        Lab.copy(SWITCHOVER, folder);
        Report whole = Lab.replay(folder);
        Path file = folder.resolve(name);
        List<String> lines = Files.readAllLines(file);
        Files.delete(file);

        for (int place : List.of(1, lines.size() / 4, lines.size() / 2, lines.size() - 1)) {
            int cut = place;
            while (cut < lines.size() && BELONGING.matcher(lines.get(cut)).find()) {
                cut++;
            }
            Files.write(folder.resolve(name + ".1"), lines.subList(0, cut));
            Files.write(folder.resolve(name + ".2"), lines.subList(cut, lines.size()));

            assertThat(Lab.story(Lab.replay(folder)))
                    .as("cut behind line %s", cut)
                    .isEqualTo(Lab.story(whole));
        }
    }

    private void assertMerges(Path lab, List<String> journals, String merged, long seed) throws IOException {
        Lab.copy(lab, folder);
        Report apart = Lab.replay(folder);
        List<List<String>> parts = new ArrayList<>();
        for (String journal : journals) {
            parts.add(Files.readAllLines(folder.resolve(journal)));
            Files.delete(folder.resolve(journal));
        }

        List<String> lines = riffled(parts, new Random(seed));
        Files.write(folder.resolve(merged), lines);
        Report riffled = Lab.replay(folder);
        Files.write(folder.resolve(merged), shuffled(lines, new Random(seed)));
        Report shuffled = Lab.replay(folder);

        assertThat(Lab.story(riffled)).isEqualTo(Lab.story(apart));
        assertThat(Lab.story(shuffled)).isEqualTo(Lab.story(apart));
    }

    /** The records in another order, each with its lines together: the order of those is what makes it one record. */
    private static List<String> shuffled(List<String> lines, Random random) {
        Hints hints = new Hints(
                Optional.empty(), ZoneOffset.UTC, new TreeMap<>(), Optional.of(Instant.parse("2026-11-22T18:00:00Z")));
        Joiner joiner = new Joiner(Joiner.USUAL_OPEN, unused -> {});
        Map<Origin, List<String>> records = new LinkedHashMap<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1);
            byte[] bytes = line.getBytes(UTF_8);
            Origin origin = Origin.line("lines", number);
            Origin record = new LogDecoder()
                    .decode(bytes, 0, bytes.length, hints, origin)
                    .match(
                            decoded -> joiner.line("", decoded, 0).line().origin(),
                            unreadable -> origin,
                            nothing -> joiner.text("", line)
                                    .map(telling -> telling.line().origin())
                                    .orElse(origin));
            records.computeIfAbsent(record, first -> new ArrayList<>()).add(line);
        }
        List<List<String>> mixed = new ArrayList<>(records.values());
        Collections.shuffle(mixed, random);
        return mixed.stream().flatMap(List::stream).toList();
    }

    /** All lines of {@code parts}, those of each part in their order. */
    private static List<String> riffled(List<List<String>> parts, Random random) {
        List<Integer> turns = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            turns.addAll(Collections.nCopies(parts.get(part).size(), part));
        }
        Collections.shuffle(turns, random);
        List<java.util.Iterator<String>> next =
                parts.stream().map(List::iterator).toList();
        List<String> lines = new ArrayList<>();
        turns.forEach(part -> lines.add(next.get(part).next()));
        return lines;
    }
}
