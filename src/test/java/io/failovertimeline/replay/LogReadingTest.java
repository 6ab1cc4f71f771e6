package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.correlate.EvidenceSet;
import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Framing;
import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.Joiner;
import io.failovertimeline.decode.LogDecoder;
import io.failovertimeline.decode.Surroundings;
import io.failovertimeline.decode.Survey;
import io.failovertimeline.model.Coverage;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.InputSummary;
import io.failovertimeline.model.LineClass;
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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading gives what decoding and recognizing each line would give. */
class LogReadingTest {

    private static final Recognizer RECOGNIZER = new Recognizer(Catalog.builtIn());
    private static final String NAME = "merged.log";

    private record Outcome(Set<Evidence> evidence, List<Coverage> coverage, InputSummary summary) {}

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2})
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
        }
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);

        Outcome read = read(bytes);

        Outcome decoded = decodeAll(bytes);
        assertThat(read.evidence()).containsExactlyInAnyOrderElementsOf(decoded.evidence());
        assertThat(read.coverage()).isEqualTo(decoded.coverage());
        assertThat(read.summary()).isEqualTo(decoded.summary());
    }

    @Test
    void heartbeats_are_kept_as_the_ends_of_their_runs() {
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
        assertThat(outcome.evidence()).hasSize(6);
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
        Tally tally = new LogReading(RECOGNIZER, surroundings, evidence, coverages, states, UnknownListener.NONE)
                .read(input, RecordReader.ofLines(input.open()));
        return new Outcome(new HashSet<>(evidence.all()), coverages.all(), tally.summary());
    }

    private static Outcome decodeAll(byte[] bytes) {
        EvidenceSet evidence = new EvidenceSet();
        Coverages coverages = new Coverages();
        Tally tally = new Tally(NAME, InputSummary.Content.LOGS);
        Surroundings surroundings = surroundings(bytes);
        Hints hints = surroundings.hintsFor(NAME, Optional.empty());
        Joiner joiner = new Joiner(Joiner.USUAL_OPEN, telling -> {
            Recognition recognition = RECOGNIZER.recognize(
                    telling.line(), surroundings.clusterOf(telling.line().host()));
            recognition.proof().ifPresent(evidence::add);
            tally.count(recognition.lineClass(telling.line().component()), telling.lines());
        });
        try (LineReader lines = new LineReader(new ByteArrayInputStream(bytes), NAME)) {
            while (lines.next() != LineReader.Found.END) {
                String text = lines.text();
                if (joiner.row("", () -> text).isPresent()) {
                    continue;
                }
                Origin origin = Origin.line(NAME, lines.number());
                Decoded decoded = new LogDecoder().decode(lines.bytes(), lines.from(), lines.to(), hints, origin);
                if (decoded instanceof Decoded.Line line) {
                    tally.format(line.format());
                    line.line()
                            .stamp()
                            .ifPresent(stamp -> coverages.seen(line.line().host(), stamp.at()));
                    joiner.line("", line, 0);
                } else if (decoded instanceof Decoded.Unreadable unreadable) {
                    tally.rejected(unreadable.reason(), origin);
                } else if (joiner.text("", text).isEmpty()) {
                    tally.count(text.isBlank() ? LineClass.KNOWN_NOISE : LineClass.UNKNOWN);
                }
            }
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        joiner.end();
        return new Outcome(new HashSet<>(evidence.all()), coverages.all(), tally.summary());
    }
}
