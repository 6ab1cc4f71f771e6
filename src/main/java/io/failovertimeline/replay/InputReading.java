package io.failovertimeline.replay;

import io.failovertimeline.decode.CutLines;
import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.Joiner;
import io.failovertimeline.decode.LogDecoder;
import io.failovertimeline.decode.Skim;
import io.failovertimeline.decode.Telling;
import io.failovertimeline.decode.load.HaproxyRequest;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.InputSummary;
import io.failovertimeline.model.LineClass;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.recognize.Recognition;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one log input: decodes its lines, joins them to records, recognizes these and counts. Most lines are skimmed only, for that
 * tells the same: those of programs outside the catalog, those with no literal of any entry, and those that say what one before
 * them said. A skimmed line is held back as long as one below may belong to it; then it is decoded after all.
 */
final class InputReading {

    /** Each input has a joiner of its own. */
    private static final String ONLY_SOURCE = "";

    /** Records that may be open: a merged journal has many processes at a time. */
    static final int MOST_OPEN = 1024;

    private final LogReading shared;
    private final String name;
    private final RecordReader reader;
    private final Hints hints;
    private final Tally tally;
    private final LogDecoder decoder = new LogDecoder();
    private final CutLines cut;
    private final Joiner joiner = new Joiner(MOST_OPEN, this::settle);
    private final Repeats repeats;
    private final HeldLines held;
    private final SeenHosts seen;
    private final OpenChannels open = new OpenChannels();
    /** By the place of its first part, the channel of each cut line. */
    private final Map<Origin, Long> channelsOfCut = new HashMap<>();
    /** Of open records whose entries have several lines each: how many besides the first of each. */
    private final Map<Origin, Long> furtherLines = new HashMap<>();

    InputReading(LogReading shared, Input input, RecordReader reader) {
        this.shared = shared;
        this.name = input.name();
        this.reader = reader;
        hints = shared.surroundings().hintsFor(name, input.fileDate());
        tally = new Tally(name, InputSummary.Content.LOGS);
        cut = new CutLines(
                Joiner.USUAL_OPEN,
                line -> channelsOfCut.putIfAbsent(line.origin(), reader.skim().channel()),
                line -> {});
        repeats = new Repeats(shared.evidence());
        seen = new SeenHosts(shared.coverages());
        held = new HeldLines(tally, this::close);
    }

    Tally read() {
        for (RecordReader.Found found = reader.next(); found != RecordReader.Found.END; found = reader.next()) {
            divide();
            switch (found) {
                case DUMP -> {
                    held.settle();
                    joiner.interrupt(ONLY_SOURCE);
                    reader.dump().ifPresent(dump -> shared.states().add(dump, name, tally));
                }
                case TOO_LONG ->
                    tally.rejected(Decoded.Reason.TOO_LONG, Origin.line(name, reader.number()), reader.lines());
                default -> record();
            }
        }
        held.settle();
        cut.end().forEach(whole -> join(whole, Skim.NO_CHANNEL));
        joiner.end();
        repeats.end();
        return tally;
    }

    private void divide() {
        if (hints.divideAt(reader.number())) {
            joiner.interrupt(ONLY_SOURCE);
        }
    }

    private void record() {
        boolean isRest = joiner.expectsMore()
                && !held.holdsLast()
                && joiner.row(ONLY_SOURCE, () -> text(reader)).isPresent();
        if (isRest) {
            return;
        }
        boolean isSkimmed = reader.isSkimmed() && !cut.expectMore();
        if (!isSkimmed || !isDone(reader.skim())) {
            decode(isSkimmed);
        }
    }

    /** Takes a line by what was skimmed of it; tells whether that was enough. */
    private boolean isDone(Skim skim) {
        if (isRequest(skim)) {
            return isTaken(skim);
        }
        if (skim.isUnrelated()) {
            unrelated();
            return true;
        }
        Optional<Repeats.Repeat> repeat = repeats.of(skim, held.before(skim));
        LineClass what = repeat.isPresent() ? repeat.get().what() : LineClass.UNKNOWN;
        boolean isShown = what == LineClass.UNKNOWN && shared.unknown().isAsked();
        boolean isKnown =
                repeat.isPresent() || !shared.recognizer().mayMatter(reader.bytes(), skim.wordsFrom(), skim.wordsTo());
        if (!isKnown || isShown) {
            return false;
        }
        note(skim);
        held.hold(reader, skim, what, repeat);
        return true;
    }

    private void note(Skim skim) {
        tally.format(skim.format());
        seen.seen(skim);
    }

    /** A line of a program outside the catalog, and those that follow: each settles the one before. */
    private void unrelated() {
        note(reader.skim());
        while (reader.nextUnrelated()) {
            divide();
            tally.count(LineClass.UNRELATED);
            note(reader.skim());
        }
        held.hold(reader, reader.skim(), LineClass.UNRELATED, Optional.empty());
    }

    private boolean isRequest(Skim skim) {
        return skim.sender() == Component.HAPROXY
                && HaproxyRequest.mayBe(reader.bytes(), skim.wordsFrom(), skim.wordsTo());
    }

    private boolean isTaken(Skim skim) {
        boolean isTaken = shared.balancers().take(reader.bytes(), skim, hints, name);
        if (isTaken) {
            note(skim);
            request();
        }
        return isTaken;
    }

    private void request() {
        held.pass();
        tally.count(LineClass.RECOGNIZED, reader.lines());
    }

    private void decode(boolean isSkimmed) {
        Origin origin = Origin.line(name, reader.number());
        decoder.decode(reader.bytes(), reader.from(), reader.to(), hints.at(reader.number()), origin)
                .match(
                        line -> {
                            line(line, isSkimmed);
                            return true;
                        },
                        unreadable -> {
                            tally.rejected(unreadable.reason(), unreadable.origin(), reader.lines());
                            return true;
                        },
                        nothing -> {
                            notALogLine(nothing, origin);
                            return true;
                        });
    }

    private void line(Decoded.Line decoded, boolean isSkimmed) {
        LogLine line = decoded.line();
        tally.format(decoded.format());
        line.stamp().ifPresent(stamp -> shared.coverages().seen(line.host(), stamp.at()));
        reader.heard(decoded);
        decoded.silentBeside().forEach(member -> shared.wroteBeside(member, line));
        if (shared.balancers().take(line, hints.zoneOf(line.host()), name)) {
            request();
            return;
        }
        long channel = reader.skim().channel();
        held.give(channel, this::join);
        cut.line(ONLY_SOURCE, decoded, hints, 0, reader.lines()).forEach(whole -> join(whole, channel));
        if (decoded.isPartial()) {
            joiner.pass(ONLY_SOURCE);
        }
        if (isSkimmed) {
            repeats.remember(reader.skim(), recognition(line), () -> shared.recognizer()
                    .isDigitBlind(line.component(), line.message()));
        }
    }

    /** A line that was held is decoded, since one comes that may belong to it. */
    private void join(Held line) {
        decoder.decode(line.bytes(), 0, line.length(), hints, Origin.line(name, line.number()))
                .match(
                        decoded -> {
                            join(decoded, line.channel());
                            return true;
                        },
                        unreadable -> true,
                        nothing -> true);
    }

    /** A line may be whole because another, of {@code channelOfLast}, took its place. */
    private void join(CutLines.Whole whole, long channelOfLast) {
        long channel = Optional.ofNullable(channelsOfCut.remove(whole.origin())).orElse(channelOfLast);
        if (whole.line().isEmpty()) {
            tally.count(LineClass.KNOWN_NOISE, whole.lines());
            return;
        }
        Telling telling = join(whole.line().get(), channel);
        if (whole.lines() > 1) {
            furtherLines.merge(telling.line().origin(), whole.lines() - 1, Long::sum);
        }
    }

    private Telling join(Decoded.Line decoded, long channel) {
        Telling telling = joiner.line(ONLY_SOURCE, decoded, 0);
        open.add(telling.stream(), channel);
        return telling;
    }

    /** Nothing belongs to the open records of {@code channel} any more. */
    private void close(long channel) {
        open.each(channel, joiner::settle);
    }

    private void notALogLine(Decoded.Nothing nothing, Origin origin) {
        if (!LogDecoder.isUtf8(reader.bytes(), reader.from(), reader.to())) {
            tally.rejected(Decoded.Reason.NOT_UTF_8, origin, reader.lines());
            return;
        }
        held.giveLast(this::join);
        boolean belongsToARecord = joiner.text(ONLY_SOURCE, text(reader)).isPresent();
        if (belongsToARecord) {
            return;
        }
        tally.count(nothing.isNoise() ? LineClass.KNOWN_NOISE : LineClass.UNKNOWN, reader.lines());
        if (!nothing.isNoise()) {
            shared.unknown().text(text(reader), origin);
        }
    }

    private static String text(RecordReader reader) {
        return new String(reader.bytes(), reader.from(), reader.to() - reader.from(), StandardCharsets.UTF_8);
    }

    /** A record is recognized once, when all of its lines are there; each of them counts as it does. */
    private void settle(Telling telling) {
        open.remove(telling.stream());
        LogLine line = telling.line();
        Recognition recognition = recognition(line);
        recognition.proof().ifPresent(shared.evidence()::add);
        LineClass what = recognition.lineClass(line.component());
        if (what == LineClass.UNKNOWN) {
            shared.unknown().line(line);
        }
        long further = Optional.ofNullable(furtherLines.remove(line.origin())).orElse(0L);
        tally.count(what, telling.lines() + further);
    }

    private Recognition recognition(LogLine line) {
        return shared.recognizer().recognize(line, shared.surroundings().clusterOf(line.host(), name));
    }
}
