package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.correlate.EvidenceSet;
import io.failovertimeline.decode.CutLines;
import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Framing;
import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.Joiner;
import io.failovertimeline.decode.LogDecoder;
import io.failovertimeline.decode.Skimmer;
import io.failovertimeline.decode.Surroundings;
import io.failovertimeline.decode.Survey;
import io.failovertimeline.decode.Telling;
import io.failovertimeline.decode.load.EndpointPatterns;
import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.Coverage;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.InputSummary;
import io.failovertimeline.model.LineClass;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.recognize.Catalog;
import io.failovertimeline.recognize.Recognition;
import io.failovertimeline.recognize.Recognizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading gives what decoding and recognizing each line would give. */
class LogReadingTest {

    private static final Recognizer RECOGNIZER = new Recognizer(Catalog.builtIn());
    private static final String NAME = "merged.log";
    private static final Pattern ENVELOPE = Pattern.compile("[A-Z][a-z]{2} .{12} [\\w-]+ [\\w-]+\\[\\d+]: ");

    private record Outcome(Set<Evidence> evidence, List<Coverage> coverage, InputSummary summary) {}

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3})
    void reading_is_decoding_and_recognizing_every_line(long seed) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path root : List.of(Lab.BUNDLED, Lab.CAPTURED)) {
            for (Path file : Lab.filesIn(root)) {
                if (file.toString().endsWith(".log") || file.toString().contains("/journal/")) {
                    lines.addAll(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                            .lines()
                            .toList());
                }
            }
        }
        if (seed > 0) {
            Random random = new Random(seed);
            List<String> alike = new ArrayList<>();
            lines.forEach(line -> alike.add(withOtherDigits(line, random)));
            lines.addAll(alike);
            Collections.shuffle(lines, random);
            continued(lines, random);
            cut(lines, random);
        }
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);

        Outcome read = read(bytes);

        Outcome decoded = decodeAll(bytes);
        assertThat(without(decoded.evidence(), read.evidence())).isEmpty();
        // where hosts are shared, lines also tell that these went on
        assertThat(without(read.evidence(), decoded.evidence()))
                .allMatch(piece -> piece instanceof ClusterEvent event && event.proves(EventKind.HOST_WENT_ON));
        assertThat(read.coverage()).isEqualTo(decoded.coverage());
        assertThat(read.summary()).isEqualTo(decoded.summary());
    }

    @Test
    void heartbeats_are_kept_as_the_ends_of_their_runs_and_where_their_times_go_back() {
        StringBuilder log = new StringBuilder();
        for (int second : new int[] {0, 10, 20, 30, 50, 60, 55, 60, 60, 70, 10, 90, 100}) {
            log.append(String.format(
                    Locale.ROOT,
                    "Dec 10 16:%1$02d:%2$02d db1 patroni[626]: 2023-12-10 16:%1$02d:%2$02d,575 INFO:"
                            + " no action. I am (db1), the leader with the lock\n",
                    second / 60,
                    second % 60));
        }
        byte[] bytes = log.toString().getBytes(StandardCharsets.UTF_8);

        Outcome outcome = read(bytes);

        assertThat(outcome).isEqualTo(decodeAll(bytes));
        assertThat(outcome.evidence())
                .filteredOn(piece -> piece instanceof ClusterEvent event && event.isAtTurn())
                .extracting(piece -> ((ClusterEvent) piece).origin().position())
                .containsExactlyInAnyOrder(1L, 4L, 11L);
        assertThat(outcome.evidence())
                .filteredOn(piece -> piece instanceof ClusterEvent event && !event.isAtTurn())
                .hasSize(6);
    }

    private static Set<Evidence> without(Set<Evidence> all, Set<Evidence> some) {
        Set<Evidence> rest = new HashSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    /** Puts lines between that belong to one before, or may. */
    private static void continued(List<String> lines, Random random) {
        List<String> rests = List.of(
                "    indented",
                "\tindented",
                "",
                "Traceback (most recent call last):",
                "ValueError: no",
                "%s  indented in its envelope",
                "%s\tindented in its envelope",
                "%sDETAIL:  something more",
                "%sTraceback (most recent call last):",
                "%sbare words",
                "%s2026-11-22 18:13:31.123 UTC [63] STATEMENT:  select 1");
        for (int n = lines.size() / 3; n > 0; n--) {
            int at = random.nextInt(lines.size() - 1) + 1;
            Matcher envelope = ENVELOPE.matcher(lines.get(at - 1));
            String rest = rests.get(random.nextInt(rests.size()));
            if (envelope.lookingAt() || !rest.contains("%s")) {
                int place = Math.min(lines.size(), at + (random.nextBoolean() ? 0 : random.nextInt(3)));
                lines.add(place, rest.replace("%s", envelope.lookingAt() ? envelope.group() : ""));
            }
        }
    }

    /** Puts parts of lines between, of the processes of two hosts, and lines of these that may be the last part of one. */
    private static void cut(List<String> lines, Random random) {
        for (int n = lines.size() / 20; n > 0; n--) {
            String record =
                    "{\"MESSAGE\":\"%s\",%s\"_PID\":\"626\",\"SYSLOG_IDENTIFIER\":\"%s\",\"_HOSTNAME\":\"db%d\","
                            + "\"__REALTIME_TIMESTAMP\":\"17958900%02d575123\"}";
            int at = random.nextInt(lines.size() - 1) + 1;
            lines.add(
                    at,
                    String.format(
                            Locale.ROOT,
                            record,
                            random.nextBoolean() ? "2026-11-22 18:15:23,146 INFO: Lock owner: db2; I am db1" : "    x",
                            random.nextInt(3) > 0 ? "" : "\"_LINE_BREAK\":\"line-max\",",
                            random.nextBoolean() ? "patroni" : "app",
                            random.nextInt(2),
                            random.nextInt(10)));
        }
    }

    /** The same but for some digits, none of them in the time of a text form. */
    private static String withOtherDigits(String line, Random random) {
        StringBuilder other = new StringBuilder(line);
        for (int at = 16; at < line.length(); at++) {
            if (Character.isDigit(line.charAt(at)) && random.nextInt(4) == 0) {
                other.setCharAt(at, (char) ('0' + random.nextInt(10)));
            }
        }
        return other.toString();
    }

    private static Surroundings surroundings(byte[] bytes) {
        Survey survey = new Survey();
        try (LineReader lines = new LineReader(new ByteArrayInputStream(bytes), NAME)) {
            while (lines.next() != LineReader.Found.END) {
                survey.add(NAME, lines.bytes(), lines.from(), lines.to(), lines.number());
            }
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return survey.surroundings(GivenZones.NONE);
    }

    private static Outcome read(byte[] bytes) {
        EvidenceSet evidence = new EvidenceSet();
        Coverages coverages = new Coverages();
        Input input =
                new Input(NAME, Optional.empty(), new StreamSource(new ByteArrayInputStream(bytes)), Framing.LINES);
        Surroundings surroundings = surroundings(bytes);
        States states = new States(surroundings, evidence);
        Skimmer skimmer = new Skimmer(surroundings.hintsFor(NAME, Optional.empty()));
        Tally tally = new LogReading(
                        RECOGNIZER,
                        surroundings,
                        evidence,
                        coverages,
                        states,
                        UnknownListener.NONE,
                        new BalancerRequests(surroundings, EndpointPatterns.NONE, new Loads()))
                .read(input, RecordReader.ofLines(input.skimmed(skimmer, ProgressListener.NONE)));
        return new Outcome(new HashSet<>(evidence.all()), coverages.all(), tally.summary());
    }

    private static Outcome decodeAll(byte[] bytes) {
        return new Slowly(bytes).outcome();
    }

    /** What is written down in {@link InputReading}, without skimming. */
    private static final class Slowly {
        private final EvidenceSet evidence = new EvidenceSet();
        private final Coverages coverages = new Coverages();
        private final Tally tally = new Tally(NAME, InputSummary.Content.LOGS);
        private final CutLines cut = new CutLines(Joiner.USUAL_OPEN);
        private final Joiner joiner = new Joiner(InputReading.MOST_OPEN, this::settle);
        private final Map<Origin, Long> furtherLines = new HashMap<>();
        private final Surroundings surroundings;
        private final Hints hints;

        Slowly(byte[] bytes) {
            surroundings = surroundings(bytes);
            hints = surroundings.hintsFor(NAME, Optional.empty());
            try (LineReader lines = new LineReader(new ByteArrayInputStream(bytes), NAME)) {
                while (lines.next() != LineReader.Found.END) {
                    if (joiner.row("", lines::text).isEmpty()) {
                        Origin origin = Origin.line(NAME, lines.number());
                        take(new LogDecoder().decode(lines.bytes(), lines.from(), lines.to(), hints, origin), lines);
                    }
                }
            } catch (IOException impossible) {
                throw new AssertionError(impossible);
            }
            cut.end().forEach(this::join);
            joiner.end();
        }

        private void take(Decoded decoded, LineReader lines) {
            if (decoded instanceof Decoded.Line line) {
                tally.format(line.format());
                line.line()
                        .stamp()
                        .ifPresent(stamp -> coverages.seen(line.line().host(), stamp.at()));
                cut.line("", line, hints, 0, 1).forEach(this::join);
                if (line.isPartial()) {
                    joiner.pass("");
                }
            } else if (decoded instanceof Decoded.Unreadable unreadable) {
                tally.rejected(unreadable.reason(), unreadable.origin());
            } else if (joiner.text("", lines.text()).isEmpty()) {
                boolean isNoise = ((Decoded.Nothing) decoded).isNoise();
                tally.count(isNoise ? LineClass.KNOWN_NOISE : LineClass.UNKNOWN);
            }
        }

        private void join(CutLines.Whole whole) {
            Telling telling = joiner.line("", whole.line().orElseThrow(), 0);
            furtherLines.merge(telling.line().origin(), whole.lines() - 1, Long::sum);
        }

        private void settle(Telling telling) {
            LogLine line = telling.line();
            Recognition recognition = RECOGNIZER.recognize(
                    line, surroundings.clusterOf(line.host(), line.origin().source()));
            recognition.proof().ifPresent(evidence::add);
            tally.count(
                    recognition.lineClass(line.component()),
                    telling.lines() + furtherLines.getOrDefault(line.origin(), 0L));
        }

        Outcome outcome() {
            return new Outcome(new HashSet<>(evidence.all()), coverages.all(), tally.summary());
        }
    }
}
