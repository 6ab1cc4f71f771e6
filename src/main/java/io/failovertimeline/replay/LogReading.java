package io.failovertimeline.replay;

import io.failovertimeline.correlate.EvidenceSet;
import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.Joiner;
import io.failovertimeline.decode.LogDecoder;
import io.failovertimeline.decode.Skim;
import io.failovertimeline.decode.Skimmer;
import io.failovertimeline.decode.Surroundings;
import io.failovertimeline.decode.Telling;
import io.failovertimeline.model.InputSummary;
import io.failovertimeline.model.LineClass;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.recognize.Recognition;
import io.failovertimeline.recognize.Recognizer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of log inputs: decodes each, joins them to records, recognizes these and counts. Most are skimmed only, for that
 * tells the same: those of programs outside the catalog, those with no literal of any entry, and those that say what one before them
 * said.
 */
final class LogReading {

    /** Each input has a joiner of its own. */
    private static final String ONLY_SOURCE = "";

    private final LogDecoder decoder = new LogDecoder();
    private final Recognizer recognizer;
    private final Surroundings surroundings;
    private final EvidenceSet evidence;
    private final Coverages coverages;
    private final UnknownListener unknown;
    private final States states;

    LogReading(
            Recognizer recognizer,
            Surroundings surroundings,
            EvidenceSet evidence,
            Coverages coverages,
            States states,
            UnknownListener unknown) {
        this.recognizer = recognizer;
        this.surroundings = surroundings;
        this.evidence = evidence;
        this.coverages = coverages;
        this.unknown = unknown;
        this.states = states;
    }

    /** Reads the whole of {@code input}, whose records {@code reader} gives. */
    Tally read(Input input, RecordReader reader) {
        Hints hints = surroundings.hintsFor(input.name(), input.fileDate());
        Tally tally = new Tally(input.name(), InputSummary.Content.LOGS);
        Reader lines = new Reader(input.name(), hints, tally);
        for (RecordReader.Found found = reader.next(); found != RecordReader.Found.END; found = reader.next()) {
            lines.take(found, reader);
        }
        lines.end();
        return tally;
    }

    /** Reads one input. */
    private final class Reader {
        private final String name;
        private final Hints hints;
        private final Tally tally;
        private final Skimmer skimmer;
        private final Repeats repeats = new Repeats(evidence);
        private final Joiner joiner;
        /** Of open records whose entries have several lines each: how many besides the first of each. */
        private final Map<Origin, Long> furtherLines = new HashMap<>();

        private Reader(String name, Hints hints, Tally tally) {
            this.name = name;
            this.hints = hints;
            this.tally = tally;
            this.skimmer = new Skimmer(hints);
            this.joiner = new Joiner(Joiner.USUAL_OPEN, this::settle);
        }

        private void take(RecordReader.Found found, RecordReader reader) {
            if (found == RecordReader.Found.DUMP) {
                joiner.interrupt(ONLY_SOURCE);
                reader.dump().ifPresent(dump -> states.add(dump, name, tally));
            } else if (found == RecordReader.Found.TOO_LONG) {
                tally.rejected(Decoded.Reason.TOO_LONG, Origin.line(name, reader.number()), reader.lines());
            } else {
                read(reader);
            }
        }

        private void end() {
            joiner.end();
            repeats.end();
        }

        private void read(RecordReader reader) {
            boolean isSkimmed = isText(reader)
                    && skimmer.reads(reader.bytes(), reader.from(), reader.to())
                    && (skimmer.skim().isUnrelated()
                            || !joiner.expectsMore(skimmer.skim().host()));
            boolean isRestOfARow =
                    !isSkimmed && joiner.row(ONLY_SOURCE, () -> text(reader)).isPresent();
            if (isRestOfARow || (isSkimmed && isDone(skimmer.skim(), reader))) {
                return;
            }
            Origin origin = Origin.line(name, reader.number());
            decoder.decode(reader.bytes(), reader.from(), reader.to(), hints, origin)
                    .match(
                            line -> {
                                line(line, isSkimmed, reader.lines());
                                return true;
                            },
                            unreadable -> {
                                tally.rejected(unreadable.reason(), unreadable.origin(), reader.lines());
                                return true;
                            },
                            nothing -> {
                                notALogLine(nothing, reader, origin, joiner, tally);
                                return true;
                            });
        }

        private void line(Decoded.Line decoded, boolean isSkimmed, long physicalLines) {
            tally.format(decoded.format());
            LogLine line = decoded.line();
            line.stamp().ifPresent(stamp -> coverages.seen(line.host(), stamp.at()));
            if (isSkimmed && decoded.standsAlone()) {
                repeats.remember(
                        skimmer.skim(),
                        recognizer.recognize(line, surroundings.clusterOf(line.host())),
                        () -> recognizer.isDigitBlind(line.component(), line.message()));
            }
            Telling telling = joiner.line(ONLY_SOURCE, decoded, 0);
            if (physicalLines > 1) {
                furtherLines.merge(telling.line().origin(), physicalLines - 1, Long::sum);
            }
        }

        /** A record is recognized once, when all of its lines are there; each of them counts as it does. */
        private void settle(Telling telling) {
            LogLine line = telling.line();
            Recognition recognition = recognizer.recognize(line, surroundings.clusterOf(line.host()));
            recognition.proof().ifPresent(evidence::add);
            LineClass what = recognition.lineClass(line.component());
            if (what == LineClass.UNKNOWN) {
                unknown.line(line);
            }
            long further =
                    Optional.ofNullable(furtherLines.remove(line.origin())).orElse(0L);
            tally.count(what, telling.lines() + further);
        }

        /** Takes a line by what was skimmed of it; tells whether that was enough. */
        private boolean isDone(Skim skim, RecordReader reader) {
            if (skim.isUnrelated()) {
                count(skim, LineClass.UNRELATED);
                return true;
            }
            Repeats.@Nullable Repeat repeat = repeats.of(skim);
            if (repeat != null && (repeat.what() != LineClass.UNKNOWN || !unknown.isAsked())) {
                repeat.again(skim, reader.number());
                count(skim, repeat.what());
                return true;
            }
            boolean tellsNothing = !unknown.isAsked()
                    && !skim.mayBelongToAnother()
                    && !recognizer.mayMatter(reader.bytes(), skim.wordsFrom(), skim.wordsTo());
            if (tellsNothing) {
                count(skim, LineClass.UNKNOWN);
            }
            return tellsNothing;
        }

        private void count(Skim skim, LineClass what) {
            joiner.passed(ONLY_SOURCE);
            tally.format(skim.format());
            coverages.seen(skim.host(), skim.second(), skim.nano());
            tally.count(what);
        }
    }

    private static boolean isText(RecordReader reader) {
        return reader.isPlain() || Skimmer.isText(reader.bytes(), reader.from(), reader.to());
    }

    private void notALogLine(Decoded.Nothing nothing, RecordReader reader, Origin origin, Joiner joiner, Tally tally) {
        if (!LogDecoder.isUtf8(reader.bytes(), reader.from(), reader.to())) {
            tally.rejected(Decoded.Reason.NOT_UTF_8, origin, reader.lines());
            return;
        }
        boolean belongsToARecord = joiner.text(ONLY_SOURCE, text(reader)).isPresent();
        if (belongsToARecord) {
            return;
        }
        tally.count(nothing.isNoise() ? LineClass.KNOWN_NOISE : LineClass.UNKNOWN, reader.lines());
        if (!nothing.isNoise()) {
            unknown.text(text(reader), origin);
        }
    }

    private static String text(RecordReader reader) {
        return new String(reader.bytes(), reader.from(), reader.to() - reader.from(), StandardCharsets.UTF_8);
    }
}
