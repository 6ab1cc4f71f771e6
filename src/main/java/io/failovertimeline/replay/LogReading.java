package io.failovertimeline.replay;

import io.failovertimeline.correlate.EvidenceSet;
import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.LogDecoder;
import io.failovertimeline.decode.Surroundings;
import io.failovertimeline.model.InputSummary;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.recognize.Recognizer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the lines of log inputs: most are only counted, those that may matter are decoded and recognized. */
final class LogReading {

    /** So many lines of each input are decoded in any case, so that its format and its beginning are known. */
    private static final int ALWAYS_DECODED = 50;

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
        for (RecordReader.Found found = reader.next(); found != RecordReader.Found.END; found = reader.next()) {
            if (found == RecordReader.Found.DUMP) {
                reader.dump().ifPresent(dump -> states.add(dump, input.name(), tally));
                continue;
            }
            tally.line();
            if (found == RecordReader.Found.TOO_LONG) {
                tally.rejected(Decoded.Reason.TOO_LONG, Origin.line(input.name(), reader.number()));
            } else if (tally.lines() <= ALWAYS_DECODED || deservesALook(reader)) {
                read(reader, Origin.line(input.name(), reader.number()), hints, tally);
            }
        }
        return tally;
    }

    private boolean deservesALook(RecordReader reader) {
        return recognizer.mayMatter(reader.bytes(), reader.from(), reader.to())
                || isTornJson(reader)
                || !isAscii(reader.bytes(), reader.from(), reader.to());
    }

    private static boolean isTornJson(RecordReader reader) {
        return reader.to() > reader.from()
                && reader.bytes()[reader.from()] == '{'
                && reader.bytes()[reader.to() - 1] != '}';
    }

    private static boolean isAscii(byte[] bytes, int from, int to) {
        int all = 0;
        for (int i = from; i < to; i++) {
            all |= bytes[i];
        }
        return all >= 0;
    }

    private void read(RecordReader reader, Origin origin, Hints hints, Tally tally) {
        decoder.decode(reader.bytes(), reader.from(), reader.to(), hints, origin)
                .match(
                        line -> {
                            tally.format(line.format());
                            read(line.line(), tally);
                            return true;
                        },
                        unreadable -> {
                            tally.rejected(unreadable.reason(), unreadable.origin());
                            return true;
                        },
                        () -> {
                            if (!isUtf8(reader)) {
                                tally.rejected(Decoded.Reason.NOT_UTF_8, origin);
                            }
                            return true;
                        });
    }

    private static boolean isUtf8(RecordReader reader) {
        int length = reader.to() - reader.from();
        if (isAscii(reader.bytes(), reader.from(), reader.to())) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(reader.bytes(), reader.from(), length));
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }

    private void read(LogLine line, Tally tally) {
        line.stamp().ifPresent(stamp -> coverages.seen(line.host(), stamp.at()));
        recognizer
                .recognize(line, surroundings.clusterOf(line.host()))
                .match(
                        significant -> {
                            tally.recognized();
                            evidence.add(significant.evidence());
                            return true;
                        },
                        noise -> {
                            tally.recognized();
                            return true;
                        },
                        () -> true);
    }
}
