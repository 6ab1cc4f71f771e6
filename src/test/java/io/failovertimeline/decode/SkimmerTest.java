package io.failovertimeline.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Stamp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the skimmer reads, it reads as the decoder does. */
class SkimmerTest {

    private static final Optional<Instant> NEAR = Optional.of(Instant.parse("2026-11-20T12:00:00Z"));
    private static final List<Hints> HINTS = List.of(
            Decoding.MOSCOW,
            Hints.none(),
            new Hints(Optional.of("db7"), ZoneId.of("Europe/Berlin"), new TreeMap<>(), NEAR),
            new Hints(
                    Optional.empty(),
                    ZoneId.of("Asia/Kolkata"),
                    new TreeMap<>(Map.of("db1", ZoneId.of("America/New_York"))),
                    NEAR));

    /** Lines that stand on the borders of what the skimmer reads. */
    private static final List<String> BORDERS = List.of(
            "Oct 25 02:30:00 db1 patroni[626]: 2026-10-25 02:30:00,575 INFO: Lock owner: db2; I am db1",
            "Mar 29 02:30:00 db1 patroni[626]: 2026-03-29 02:30:00 INFO: Lock owner: db2; I am db1",
            "Feb 29 02:30:00 db1 sshd[626]: x",
            "Dec 10 16:19:54 db1 postgres[1]: [7-3] #011select 'LOG:  x'",
            "Dec 10 16:19:54 db1 postgres[1]: [7-3] \tselect 'LOG:  x'",
            "Dec 10 16:19:54 db1 postgres[1]: [7-3]  and LOG:  x",
            "Dec 10 16:19:54 db1 postgres[1]: [7-1]  LOG:  x",
            "Dec 10 16:19:54 db1 patroni[1]: user=,db= LOG:  x",
            "Dec 10 16:19:54 db1 patroni[1]: [12] LOG:  x",
            "Dec 10 16:19:54 db1 app[1]: [12] LOG:  x",
            "2023-12-10T16:19:54.1Z stderr F user=,db= LOG:  x",
            "{\"message\":\"LOG:  x\",\"host\":\"db1\",\"timestamp\":\"2023-12-10T16:19:54Z\"}",
            "Dec 10 16:19:54 db1 app[1]: 2023-12-10 16:19:54,575 INFO started",
            "Dec 10 16:19:54 db1 app[1]: [2023-12-10 16:19:54,575] INFO: started",
            "Dec 10 16:19:54 db1 app[1]: INFO 2023-12-10 16:19:54,575 started",
            "Dec 10 16:19:54 db1 patroni[1]: 2023-12-10 16:19:54,575 [12] INFO: started",
            "Dec 10 16:19:54 db1 patroni[1]: INFO started",
            "Dec 10 16:19:54 db1 etcd[1]: INFO 2023-12-10 16:19:54,575 started",
            "2023-12-10 16:19:54,575 INFO Lock owner: db2; I am db1",
            "2026-10-25 02:30:00,575 INFO: no action. I am (db1), the leader with the lock",
            "2023-12-10 16:19:54,575 INFO: [12B blob data]",
            "2023-12-10 16:19:54 INFO: a#012b",
            "2023-12-10T16:19:54.575Z ERROR: ",
            "Dec 10 16:19:54 patroni[626]: server promoting",
            "Dec 10 16:19:54 db1 app[1]: 2023-12-10 16:19:54,575 - root - INFO - started",
            "Dec 10 16:19:54 db1 app[1]: 2023-12-10T16:19:54.575Z INFO started: yes",
            "Dec 10 16:19:54 db1 app[1]: 2023-12-10 16:19:54,575 ERROR:",
            "Dec 10 16:19:54 db1 patroni[1]: 2023-12-10 16:19:54,575 ERROR:",
            "Dec 10 16:19:54 db1 patroni[1]: 2023-12-10 16:19:54,575 ERROR: ",
            "Dec 10 16:19:54 db1 app[1]: 2023-12-10 16:19:54.575 UTC [12] LOG stats: 0 xacts/s",
            "Dec 10 16:19:54 db1 app[1]: 2023-12-10 16:19:54.575 UTC [12] LOG FATAL:  no",
            "Dec 10 16:19:54 db1 app[1]: 2023-12-10 16:19:54.575 MSK [12] postgres@weather LOG:  checkpoint starting: time",
            "Dec 10 16:19:54 db1 app[1]: 2023-12-10 16:19:54 MSK [12] FATAL:  the database system is starting up",
            "Dec 10 16:19:54.123456 db1 app[1]: 2023-12-10 16:19:54 CET [12] FATAL:  the database system is starting up",
            "2023-12-10T16:19:54+0300 db1 app[1]: 2023-12-10 16:19:54.575 CEST FATAL:  the database system is starting up",
            "2023-12-10T16:19:54.1+03:00 db1 postgres[1]: [5-1] LOG:  x",
            "Sun 2023-12-10 16:19:54 UTC db1 patroni[1]: LOG:  x",
            "<30>Dec 10 16:19:54 db1 app[1]: INFO:patroni.ha:Lock owner: db2; I am db1",
            "Dec 10 16:19:54 db1 app[1]: INFO:werkzeug:GET /",
            "Dec 10 16:19:54 db1 app[1]: Sun Dec 10 16:19:54 2023: (VI_1) Entering MASTER STATE",
            "Dec 10 16:19:54 db1 app[1]: 1702214394.575123 [12] LOG x",
            "Dec 10 16:19:54 db1 patroni[1]: 2023-12-10 16:19:54 UTC [99]: [2-1] user=,db=,app=,client= HINT:  Future log",
            "Dec 10 16:19:54 db1 postgres[1]: 2023-12-10 16:19:54.575 ,SK [12] LOG:  x",
            "Dec 10 16:19:54 db1 app[1]: message repeated 2 times: [ 2023-12-10 16:19:54,575 INFO: x]",
            "Dec 10 16:19:54 db1 patroni[1]: message repeated 2 times: [ 2023-12-10 16:19:54,575 INFO: x]",
            "Dec 10 16:19:54 db1 patroni[1]: 2023-12-10 16:19:54,575 INFO: a#012b",
            "Dec 10 16:19:54 db1 app[1]: #0112023-12-10 16:19:54,575 INFO: a",
            "Dec 10 16:19:54 db1 app[1]: [1.2K blob data]",
            "Dec 10 16:19:54 db1 patroni[1]: 2023-12-10 16:19:54,575 INFO: [12B blob data]",
            "Dec 10 16:19:54 db1 patroni[1]: INFO:patroni.ha:Lock owner: db2; I am db1",
            "Dec 10 16:19:54 db1 patroni[1]: server promoting",
            "<30>Dec 10 16:19:54 host-of-thirty-two-characters-xx app[1]: x",
            "<30>Dec 10 16:19:54 patroni: x",
            "{\"MESSAGE\":\"x\",\"_PID\":\"7\",\"SYSLOG_IDENTIFIER\":\"patroni\",\"_HOSTNAME\":\"db1\",\"__REALTIME_TIMESTAMP\":\"1702214394575123\"}",
            "Dec 10 16:19:54 db1 app[1]: [2023-12-10 16:19:53] [NOTICE] promoting standby",
            "Dec 10 16:19:54 db1 repmgrd[1]: [2023-12-10 16:19:53] [NOTICE] promoting standby",
            "Dec 10 16:19:54 db1 repmgrd[1]: NOTICE: promoting standby",
            "Dec 10 16:19:54 db1 pg_autoctl[1]: 17:49:19 14377 INFO  fsm.c:493: now primary",
            "Dec 10 16:19:54 db1 app[1]: 2023-12-10 16:19:54 14377 INFO  fsm.c:493: now primary",
            "Dec 10 16:19:54 db1 app[1]: raft2026/11/22 18:16:01 INFO: b317c became leader at term 2",
            "Dec 10 16:19:54 db1 postgres[1]: 2023-12-10 16:19:54.575 MSK [12] FEHLER:  x",
            "Dec 10 16:19:54 db1 postgres[1]: 2023-12-10 16:19:54.575 MSK [12] ERREUR :  x",
            "Dec 10 16:19:54 db1 patroni[1]: FEHLER:  x",
            "Dec 10 16:19:54 db1 etcd[1]: 2023-12-10 16:19:54.575123 I | raft: b317c became leader at term 2",
            "{\"MESSAGE\":\"x\",\"SYSLOG_IDENTIFIER\":\"app\",\"_HOSTNAME\":\"db1\",\"__REALTIME_TIMESTAMP\":\"1702214394575123\"}",
            "{ \"MESSAGE\" : \"2023-12-10 16:19:54,575 INFO: x \\\"y\\\"\", \"_PID\" : 7, \"_HOSTNAME\" : \"db1\","
                    + " \"_SOURCE_REALTIME_TIMESTAMP\" : \"1702214394575123\" }",
            "{\"message\":\"x\",\"host\":\"db1\",\"timestamp\":\"2023-12-10T13:19:54.575Z\",\"a\":{\"b\":[1,-2.5,true,null]}}",
            "{\"log\":\"x\\n\",\"stream\":\"stdout\",\"time\":\"2023-12-10T13:19:54.575123456Z\"}",
            "{\"log\":\"x\",\"__REALTIME_TIMESTAMP\":\"1702214394575123\"}");

    @Test
    void every_line_of_the_labs_is_skimmed_as_it_is_decoded() throws IOException {
        List<byte[]> lines = labLines();

        long read = 0;
        for (Hints hints : HINTS) {
            Skimmer skimmer = new Skimmer(hints);
            for (byte[] line : lines) {
                read += agrees(skimmer, line, hints) ? 1 : 0;
            }
        }

        assertThat(read).as("lines read, of %d", lines.size() * HINTS.size()).isGreaterThan(3_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void mutated_lines_are_skimmed_as_they_are_decoded(long seed) throws IOException {
        Random random = new Random(seed);
        List<byte[]> lines = new ArrayList<>();
        Stream.of(
                        BORDERS.stream(),
                        Stream.of(
                                        LogDecoderFormatsTest.envelopes(),
                                        LogDecoderFormatsTest.programs(),
                                        LogDecoderFormatsTest.insideEnvelopes())
                                .flatMap(List::stream)
                                .map(LogDecoderFormatsTest.Example::text))
                .flatMap(texts -> texts)
                .forEach(text -> lines.add(text.getBytes(StandardCharsets.UTF_8)));
        List<byte[]> labs = labLines();
        for (int n = 0; n < 200; n++) {
            lines.add(labs.get(random.nextInt(labs.size())));
        }
        for (Hints hints : HINTS) {
            Skimmer skimmer = new Skimmer(hints);
            for (byte[] line : lines) {
                agrees(skimmer, line, hints);
                for (int n = 0; n < 40; n++) {
                    agrees(skimmer, mutated(line, random), hints);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Dec 10 16:19:54 db1 patroni[626]: 2023-12-10 16:19:54,575 INFO: no action. I am (db1), the leader with the lock",
                "2023-12-10 16:19:54,575 INFO: no action. I am (db1), the leader with the lock",
                "Dec 10 16:19:54 db1 postgres[12]: 2023-12-10 16:19:54.575 MSK [12] LOG:  checkpoint starting: time",
                "2023-12-10T16:19:54.575123+0300 db1 sshd[626]: Accepted publickey for root",
                "<30>Dec 10 16:19:54 db1 kubelet[626]: I1210 16:19:54.575123 626 kubelet.go:1] x",
                "1702214394.575123 db1 systemd[1]: Started session-1.scope.",
                "{\"MESSAGE\":\"x\",\"SYSLOG_IDENTIFIER\":\"app\",\"_HOSTNAME\":\"db1\",\"__REALTIME_TIMESTAMP\":\"1702214394575123\"}",
                "{\"MESSAGE\" : \"a \\\"b\\\"\", \"SYSLOG_IDENTIFIER\" : \"app\", \"_HOSTNAME\" : \"db1\", \"__REALTIME_TIMESTAMP\" : \"1702214394575123\" }"
            })
    void the_common_forms_are_read(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);

        assertThat(agrees(new Skimmer(Decoding.MOSCOW), bytes, Decoding.MOSCOW)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Dec 10 16:19:54 db1 patroni[626]:  continued",
                "Dec 10 16:19:54 db1 patroni[626]: \tcontinued",
                "{\"MESSAGE\":\"Lock owner\",\"_HOSTNAME\":\"db1\",\"__REALTIME_TIMESTAMP\":\"17022143945",
                "{\"MESSAGE\":\"x\",\"_HOSTNAME\":\"db1\",\"__REALTIME_TIMESTAMP\":\"1702214394575123\"} }"
            })
    void continuations_and_torn_records_are_left_to_the_decoder(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);

        assertThat(new Skimmer(Decoding.MOSCOW).reads(bytes, 0, bytes.length, false, new Skim()))
                .isFalse();
    }

    @Test
    void lines_of_a_name_that_becomes_suspect_are_left_to_the_decoder_from_then_on() {
        byte[] line = "2023-12-10T16:19:54+0300 db1 podman[626]: anything".getBytes(StandardCharsets.US_ASCII);
        Skimmer skimmer = new Skimmer(Decoding.MOSCOW);

        List<Boolean> before = Stream.generate(() -> skimmer.reads(line, 0, line.length, true, new Skim()))
                .limit(3)
                .toList();
        skimmer.suspect(Set.of("podman"));

        assertThat(before).containsOnly(true);
        assertThat(skimmer.reads(line, 0, line.length, true, new Skim())).isFalse();
    }

    @Test
    void text_is_told_from_broken_utf_8_as_java_tells_it() {
        Random random = new Random(5);
        byte[] parts = {
            'a',
            (byte) 0x80,
            (byte) 0xbf,
            (byte) 0xc2,
            (byte) 0xc1,
            (byte) 0xe0,
            (byte) 0xed,
            (byte) 0xa0,
            (byte) 0x9f,
            (byte) 0xf0,
            (byte) 0xf4,
            (byte) 0x90,
            (byte) 0x8f,
            (byte) 0xef
        };
        for (int n = 0; n < 50_000; n++) {
            byte[] bytes = new byte[random.nextInt(6)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = parts[random.nextInt(parts.length)];
            }
            boolean isValid = java.util.Arrays.equals(
                    bytes, new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8));

            assertThat(Skimmer.isText(bytes, 0, bytes.length)).isEqualTo(isValid);
        }
    }

    /** Whether the skimmer read the line; fails if it read something else than the decoder. */
    private static boolean agrees(Skimmer skimmer, byte[] bytes, Hints hints) {
        Skim skim = new Skim();
        if (!skimmer.reads(bytes, 0, bytes.length, false, skim)
                && !skimmer.readsPatronis(bytes, 0, bytes.length, skim)) {
            return false;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        Decoded decoded = Decoding.decode(bytes, hints);
        assertThat(decoded).as(text).isInstanceOf(Decoded.Line.class);
        Decoded.Line line = (Decoded.Line) decoded;
        LogLine log = line.line();
        Stamp stamp = log.stamp().orElseThrow();
        String words = new String(bytes, skim.wordsFrom(), skim.wordsTo() - skim.wordsFrom(), StandardCharsets.UTF_8);
        boolean isEscaped = text.startsWith("{") && words.contains("\\");

        assertThat(skim.isUnrelated()).as(text).isEqualTo(log.component() == Component.OTHER);
        if (!skim.isUnrelated()) {
            boolean isOfDatabase = log.component() == Component.PATRONI || log.component() == Component.POSTGRESQL;
            assertThat(!isOfDatabase || skim.mayGoOn()).as(text).isTrue();
            assertThat(!skim.mayGoOn() || line.place().form() == Decoded.Form.RECORD)
                    .as(text)
                    .isTrue();
        }
        assertThat(skim.format()).as(text).isEqualTo(line.format());
        assertThat(skim.host()).as(text).isEqualTo(log.host());
        assertThat(Instant.ofEpochSecond(skim.second(), skim.nano())).as(text).isEqualTo(stamp.at());
        assertThat(skim.precision()).as(text).isEqualTo(stamp.precision());
        assertThat(skim.isUnrelated() || isEscaped || words.contains(log.message()))
                .as(text)
                .isTrue();
        return true;
    }

    private static byte[] mutated(byte[] line, Random random) {
        StringBuilder text = new StringBuilder(new String(line, StandardCharsets.UTF_8));
        String parts = "0159 :-+.,{}[]\"\\'=|@#<>ABDEGILMNORSTZadeiot\t\u001b\u00a0éЖ";
        for (int change = random.nextInt(3); change >= 0 && text.length() > 1; change--) {
            int at = random.nextInt(random.nextBoolean() ? Math.min(80, text.length()) : text.length());
            switch (random.nextInt(5)) {
                case 0, 1 -> text.setCharAt(at, parts.charAt(random.nextInt(parts.length())));
                case 2 -> text.deleteCharAt(at);
                case 3 -> text.insert(at, parts.charAt(random.nextInt(parts.length())));
                default -> text.setLength(at);
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<byte[]> labLines() throws IOException {
        List<byte[]> lines = new ArrayList<>();
        for (Path root : List.of(Path.of("labs"), Path.of("src/test/resources/lab"))) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    if (!file.toString().contains("/load/")) {
                        text(file).lines().forEach(line -> lines.add(line.getBytes(StandardCharsets.UTF_8)));
                    }
                }
            }
        }
        return lines;
    }

    private static String text(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(stream) : stream) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
