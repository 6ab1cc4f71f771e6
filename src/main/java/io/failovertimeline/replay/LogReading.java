package io.failovertimeline.replay;

import io.failovertimeline.correlate.EvidenceSet;
import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.LogDecoder;
import io.failovertimeline.decode.Surroundings;
import io.failovertimeline.model.InputSummary;
import io.failovertimeline.model.LineClass;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.recognize.Recognition;
import io.failovertimeline.recognize.Recognizer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the lines of log inputs: decodes, recognizes and counts each. */
final class LogReading {

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
        for (RecordReader.Found found = reader.next(); found != RecordReader.Found.END; found = reader.next()) {
            if (found == RecordReader.Found.DUMP) {
                reader.dump().ifPresent(dump -> states.add(dump, input.name(), tally));
            } else if (found == RecordReader.Found.TOO_LONG) {
                tally.rejected(Decoded.Reason.TOO_LONG, Origin.line(input.name(), reader.number()), reader.lines());
            } else {
                read(reader, Origin.line(input.name(), reader.number()), hints, tally);
            }
        }
        return tally;
    }

    private void read(RecordReader reader, Origin origin, Hints hints, Tally tally) {
        decoder.decode(reader.bytes(), reader.from(), reader.to(), hints, origin)
                .match(
                        line -> {
                            tally.format(line.format());
                            read(line.line(), reader.lines(), tally);
                            return true;
                        },
                        unreadable -> {
                            tally.rejected(unreadable.reason(), unreadable.origin(), reader.lines());
                            return true;
                        },
                        nothing -> {
                            notALogLine(nothing, reader, origin, tally);
                            return true;
                        });
    }

    private void notALogLine(Decoded.Nothing nothing, RecordReader reader, Origin origin, Tally tally) {
        if (nothing.isNoise()) {
            tally.count(LineClass.KNOWN_NOISE, reader.lines());
        } else if (isUtf8(reader)) {
            tally.count(LineClass.UNKNOWN, reader.lines());
            unknown.text(text(reader), origin);
        } else {
            tally.rejected(Decoded.Reason.NOT_UTF_8, origin, reader.lines());
        }
    }

    private static String text(RecordReader reader) {
        return new String(reader.bytes(), reader.from(), reader.to() - reader.from(), StandardCharsets.UTF_8);
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

    private void read(LogLine line, long lines, Tally tally) {
        line.stamp().ifPresent(stamp -> coverages.seen(line.host(), stamp.at()));
        Recognition recognition = recognizer.recognize(line, surroundings.clusterOf(line.host()));
        recognition.proof().ifPresent(evidence::add);
        LineClass what = recognition.lineClass(line.component());
        if (what == LineClass.UNKNOWN) {
            unknown.line(line);
        }
        tally.count(what, lines);
    }
}
