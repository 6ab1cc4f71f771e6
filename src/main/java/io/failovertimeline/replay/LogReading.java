package io.failovertimeline.replay;

import io.failovertimeline.correlate.EvidenceSet;
import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.LogDecoder;
import io.failovertimeline.decode.Skim;
import io.failovertimeline.decode.Skimmer;
import io.failovertimeline.decode.Surroundings;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.InputSummary;
import io.failovertimeline.model.LineClass;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.recognize.Recognition;
import io.failovertimeline.recognize.Recognizer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of log inputs: decodes, recognizes and counts each. Most are skimmed only, for that tells the same: those of
 * programs outside the catalog, those with no literal of any entry, and those that say what one before them said.
 */
final class LogReading {

    private final LogDecoder decoder = new LogDecoder();
    private final Recognizer recognizer;
    private final Surroundings surroundings;
    private final EvidenceSet evidence;
    private final Coverages coverages;
    private final States states;

    LogReading(
            Recognizer recognizer,
            Surroundings surroundings,
            EvidenceSet evidence,
            Coverages coverages,
            States states) {
        this.recognizer = recognizer;
        this.surroundings = surroundings;
        this.evidence = evidence;
        this.coverages = coverages;
        this.states = states;
    }

    /** Reads the whole of {@code input}, whose records {@code reader} gives. */
    Tally read(Input input, RecordReader reader) {
        Hints hints = surroundings.hintsFor(input.name(), input.fileDate());
        Tally tally = new Tally(input.name(), InputSummary.Content.LOGS);
        Skimmer skimmer = new Skimmer(hints);
        Repeats repeats = new Repeats(evidence);
        for (RecordReader.Found found = reader.next(); found != RecordReader.Found.END; found = reader.next()) {
            switch (found) {
                case DUMP -> reader.dump().ifPresent(dump -> states.add(dump, input.name(), tally));
                case TOO_LONG -> tally.rejected(Decoded.Reason.TOO_LONG, Origin.line(input.name(), reader.number()));
                default -> read(reader, input.name(), hints, skimmer, repeats, tally);
            }
        }
        repeats.end();
        return tally;
    }

    private void read(RecordReader reader, String input, Hints hints, Skimmer skimmer, Repeats repeats, Tally tally) {
        boolean isSkimmed = isText(reader) && skimmer.reads(reader.bytes(), reader.from(), reader.to());
        if (isSkimmed && isDone(skimmer.skim(), repeats, reader, tally)) {
            return;
        }
        Origin origin = Origin.line(input, reader.number());
        decode(reader, origin, hints, tally).ifPresent(line -> {
            Recognition recognition = recognize(line, tally);
            if (isSkimmed) {
                repeats.remember(
                        skimmer.skim(), recognition, () -> recognizer.isDigitBlind(line.component(), line.message()));
            }
        });
    }

    private static boolean isText(RecordReader reader) {
        return reader.isPlain() || Skimmer.isText(reader.bytes(), reader.from(), reader.to());
    }

    /** Takes a line by what was skimmed of it; tells whether that was enough. */
    private boolean isDone(Skim skim, Repeats repeats, RecordReader reader, Tally tally) {
        if (skim.isUnrelated()) {
            count(skim, LineClass.UNRELATED, tally);
            return true;
        }
        Repeats.@Nullable Repeat repeat = repeats.of(skim);
        if (repeat != null) {
            repeat.again(skim, reader.number());
            count(skim, repeat.what(), tally);
            return true;
        }
        if (!recognizer.mayMatter(reader.bytes(), skim.wordsFrom(), skim.wordsTo())) {
            count(skim, LineClass.UNKNOWN, tally);
            return true;
        }
        return false;
    }

    private void count(Skim skim, LineClass what, Tally tally) {
        tally.format(skim.format());
        coverages.seen(skim.host(), skim.second(), skim.nano());
        tally.count(what);
    }

    /** The line in {@code reader}; empty, and counted, if it is none or can't be read. */
    private Optional<LogLine> decode(RecordReader reader, Origin origin, Hints hints, Tally tally) {
        return decoder.decode(reader.bytes(), reader.from(), reader.to(), hints, origin)
                .match(
                        line -> {
                            tally.format(line.format());
                            return Optional.of(line.line());
                        },
                        unreadable -> {
                            tally.rejected(unreadable.reason(), unreadable.origin());
                            return Optional.empty();
                        },
                        () -> {
                            notALogLine(reader, origin, tally);
                            return Optional.empty();
                        });
    }

    private static void notALogLine(RecordReader reader, Origin origin, Tally tally) {
        if (isBlank(reader)) {
            tally.count(LineClass.KNOWN_NOISE);
        } else if (isUtf8(reader)) {
            tally.count(LineClass.UNKNOWN);
        } else {
            tally.rejected(Decoded.Reason.NOT_UTF_8, origin);
        }
    }

    private static boolean isBlank(RecordReader reader) {
        for (int i = reader.from(); i < reader.to(); i++) {
            if (reader.bytes()[i] != ' ' && reader.bytes()[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private static boolean isUtf8(RecordReader reader) {
        int length = reader.to() - reader.from();
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(reader.bytes(), reader.from(), length));
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }

    private Recognition recognize(LogLine line, Tally tally) {
        line.stamp().ifPresent(stamp -> coverages.seen(line.host(), stamp.at()));
        Recognition recognition = recognizer.recognize(line, surroundings.clusterOf(line.host()));
        LineClass what = recognition.match(
                significant -> {
                    evidence.add(significant.evidence());
                    return LineClass.RECOGNIZED;
                },
                noise -> LineClass.KNOWN_NOISE,
                () -> line.component() == Component.OTHER ? LineClass.UNRELATED : LineClass.UNKNOWN);
        tally.count(what);
        return recognition;
    }
}
