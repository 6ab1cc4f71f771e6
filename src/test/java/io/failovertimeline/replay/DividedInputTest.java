package io.failovertimeline.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.Report;
import io.failovertimeline.recognize.Catalog;
import io.failovertimeline.recognize.Explainer;
import io.failovertimeline.recognize.Explanation;
import io.failovertimeline.recognize.Recognizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Logs of several hosts whose lines do not name them, put into one file: they tell what they tell in files of their own. */
class DividedInputTest {

    private static final Path LAB = Path.of("labs/leader-killed");
    private static final List<Path> PATRONI =
            List.of(LAB.resolve("patroni/db1.patroni.log"), LAB.resolve("patroni/db2.patroni.log"));
    private static final List<Path> ALL = Stream.concat(
                    PATRONI.stream(),
                    Stream.of(
                            LAB.resolve("postgresql/db1.postgresql-15-main.log"),
                            LAB.resolve("postgresql/db2.postgresql-15-main.log")))
            .toList();

    @TempDir
    private Path folder;

    private enum Form {
        TAIL(file -> "\n==> " + file + " <==\n" + read(file)),
        WRITE_UP(file -> "\nOf " + file + ":\n\n```\n" + read(file) + "```\n"),
        TICKET(file -> "\n### " + host(file) + "\n\n~~~ text\n" + read(file) + "~~~\nAnd so on.\n"),
        TRANSCRIPT(file -> "postgres@" + host(file) + ":~$ cat the.log\n" + read(file));

        private final Function<Path, String> written;

        Form(Function<Path, String> written) {
            this.written = written;
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void logs_below_the_names_of_their_hosts_tell_what_they_tell_alone(Form form) throws IOException {
        Path together = write(ALL, form.written);

        assertThat(incidents(Lab.replay(together))).isEqualTo(incidents(Lab.replay(ALL)));
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void logs_of_a_host_are_its_members_though_that_has_another_name(Form form) throws IOException {
        List<Path> apart = new ArrayList<>();
        for (Path file : ALL) {
            String name = file.getFileName().toString().replace("db1", "alpha").replace("db2", "omega");
            apart.add(Files.writeString(folder.resolve(name), read(file)));
        }
        Path together = write(apart, form.written);

        assertThat(incidents(Lab.replay(together))).isEqualTo(incidents(Lab.replay(ALL)));
    }

    @Test
    void patronis_logs_one_below_the_other_tell_what_they_tell_alone() throws IOException {
        Path together = write(PATRONI, DividedInputTest::read);

        assertThat(incidents(Lab.replay(together))).isEqualTo(incidents(Lab.replay(PATRONI)));
    }

    @Test
    void what_is_between_two_hosts_without_a_mark_is_neithers() throws IOException {
        Path together = Files.writeString(folder.resolve("all.log"), """
                2026-01-07 11:00:00,000 INFO: no action. I am (db1), the leader with the lock
                2026-01-07 11:00:05,000 INFO: demoting self because DCS is not accessible and I was a leader
                2026-01-07 11:00:40,000 INFO: promoted self to leader by acquiring session lock
                2026-01-07 11:00:41,000 INFO: no action. I am (db2), the leader with the lock
                2026-01-07 11:00:42,000 INFO: Lock owner: db2; I am db2
                """);

        assertThat(hosts(together)).containsExactly("db1", "?", "?", "db2", "db2");
    }

    @Test
    void where_hosts_speak_by_turns_only_their_names_tell_whose_a_line_is() throws IOException {
        List<String> merged = new ArrayList<>();
        PATRONI.forEach(file ->
                read(file).lines().filter(line -> line.startsWith("2026")).forEach(merged::add));
        Path together =
                Files.write(folder.resolve("all.log"), merged.stream().sorted().toList());

        Incident failover = Lab.replay(together).findings().incidents().get(0);

        assertThat(failover.oldLeader()).contains("db1");
        assertThat(failover.newLeader()).contains("db2");
        // Somebody started anew meanwhile: that db1 went on is not proven.
        assertThat(failover.cause().code()).isEqualTo(CauseCode.UNKNOWN);
    }

    @Test
    void a_stream_that_holds_several_files_is_read_likewise() throws IOException {
        Path together = write(ALL, Form.TAIL.written);

        Report fromStream = new Replay(
                        new Recognizer(Catalog.builtIn()), new ByteArrayInputStream(Files.readAllBytes(together)))
                .run(List.of("-"), GivenZones.NONE, ProgressListener.NONE);

        assertThat(incidents(fromStream)).isEqualTo(incidents(Lab.replay(ALL)));
    }

    @Test
    void a_mark_ends_the_record_above_it() throws IOException {
        Path together = Files.writeString(folder.resolve("all.log"), """
                ==> db1.log <==
                2026-01-07 11:00:00.000 UTC [7] LOG:  database system is ready to accept connections
                ==> db2.log <==
                \tof another record
                """);

        assertThat(Lab.replay(together).inputs()).singleElement().satisfies(input -> {
            assertThat(input.counts().knownNoise()).isEqualTo(2);
            assertThat(input.counts().unknown()).isEqualTo(1);
        });
    }

    /** As `explain` shows them. */
    private static List<String> hosts(Path file) throws IOException {
        List<Explanation> shown = new ArrayList<>();
        Explaining explaining = new Explaining(new Explainer(Catalog.builtIn()), GivenZones.NONE);
        for (int line = 1; line <= Files.readAllLines(file).size(); line++) {
            explaining.lineOf(file.toString(), line, shown::add);
        }
        return shown.stream()
                .map(explanation -> explanation.match(
                        log -> log.dissection()
                                .decoded()
                                .match(
                                        decoded -> decoded.line().host(),
                                        broken -> Optional.<String>empty(),
                                        nothing -> Optional.<String>empty())
                                .orElse("?"),
                        load -> "a load result"))
                .toList();
    }

    private static String incidents(Report report) {
        return Lab.story(report).replaceAll("(?s)\"inputs\".*", "");
    }

    private Path write(List<Path> files, Function<Path, String> written) throws IOException {
        String text = String.join("", files.stream().map(written).toList());
        return Files.writeString(folder.resolve("all.md"), text, UTF_8);
    }

    private static String host(Path file) {
        return Arrays.asList(file.getFileName().toString().split("\\.")).get(0);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException why) {
            throw new UncheckedIOException(why);
        }
    }
}
