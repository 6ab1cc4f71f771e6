package io.failovertimeline.replay;

import io.failovertimeline.correlate.EvidenceSet;
import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.Joiner;
import io.failovertimeline.decode.LogDecoder;
import io.failovertimeline.decode.Surroundings;
import io.failovertimeline.decode.Telling;
import io.failovertimeline.model.InputSummary;
import io.failovertimeline.model.LineClass;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.recognize.Recognition;
import io.failovertimeline.recognize.Recognizer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the lines of log inputs: decodes each, joins them to records, recognizes these and counts. */
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
        Joiner joiner = new Joiner(Joiner.USUAL_OPEN, telling -> settle(telling, tally));
        for (RecordReader.Found found = reader.next(); found != RecordReader.Found.END; found = reader.next()) {
            if (found == RecordReader.Found.DUMP) {
                joiner.interrupt(ONLY_SOURCE);
                reader.dump().ifPresent(dump -> states.add(dump, input.name(), tally));
            } else if (found == RecordReader.Found.TOO_LONG) {
                tally.rejected(Decoded.Reason.TOO_LONG, Origin.line(input.name(), reader.number()), reader.lines());
            } else {
                read(reader, Origin.line(input.name(), reader.number()), hints, joiner, tally);
            }
        }
        joiner.end();
        return tally;
    }

    private void read(RecordReader reader, Origin origin, Hints hints, Joiner joiner, Tally tally) {
        if (joiner.row(ONLY_SOURCE, () -> text(reader)).isPresent()) {
            return;
        }
        decoder.decode(reader.bytes(), reader.from(), reader.to(), hints, origin)
                .match(
                        line -> {
                            tally.format(line.format());
                            line.line()
                                    .stamp()
                                    .ifPresent(
                                            stamp -> coverages.seen(line.line().host(), stamp.at()));
                            joiner.line(ONLY_SOURCE, line, 0);
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

    private void notALogLine(Decoded.Nothing nothing, RecordReader reader, Origin origin, Joiner joiner, Tally tally) {
        if (!isUtf8(reader)) {
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

    private static boolean isUtf8(RecordReader reader) {
        int length = reader.to() - reader.from();
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(reader.bytes(), reader.from(), length));
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }

    /** A record is recognized once, when all of its lines are there; each of them counts as it does. */
    private void settle(Telling telling, Tally tally) {
        LogLine line = telling.line();
        Recognition recognition = recognizer.recognize(line, surroundings.clusterOf(line.host()));
        recognition.proof().ifPresent(evidence::add);
        LineClass what = recognition.lineClass(line.component());
        if (what == LineClass.UNKNOWN) {
            unknown.line(line);
        }
        tally.count(what, telling.lines());
    }
}
