package io.failovertimeline.decode;

import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A line that a container runtime or journald cut into records, as far as its parts are known.
 *
 * @param source the file, or whatever else tells sources apart; empty where there is only one
 * @param envelope that of the first part, with the text of all of them, up to {@value #LONGEST} characters
 * @param over how many characters of the text are not kept
 * @param hints what was known of the source at the first part
 * @param origin where the first part stands
 * @param part which line of its origin that is, from 0
 * @param lines how many physical lines the parts take up
 * @param receivedAt when the latest part was received; empty if it does not say
 */
public record CutLine(
        String source,
        Envelope envelope,
        long over,
        Hints hints,
        Origin origin,
        int part,
        long lines,
        Optional<Instant> receivedAt) {

    /** Characters of a text that are kept, unless its first part is longer. */
    static final int LONGEST = Telling.LONGEST_ROW;

    private static final Pattern REPLACED_AT_END = Pattern.compile("\uFFFD{1,3}$");
    private static final Pattern REPLACED_AT_BEGIN = Pattern.compile("^\uFFFD{1,3}");

    private static final Duration FARTHEST = Joiner.FARTHEST;

    /**
     * What has parts that follow one another.
     *
     * @param source the file, or whatever else tells sources apart
     * @param host who wrote it
     * @param channel the process that the envelope names
     * @param name of the stream, of those that the process has
     */
    public record Stream(String source, Optional<String> host, Writer channel, Optional<String> name) {}

    static CutLine begin(String source, Envelope part, Hints hints, Origin origin, int index, long lines) {
        return new CutLine(source, part, 0, hints, origin, index, lines, receivedAt(part, hints));
    }

    static Stream stream(String source, Envelope part, Hints hints) {
        return new Stream(source, part.host().or(hints::host), part.writer(), part.part().stream());
    }

    private static Optional<Instant> receivedAt(Envelope part, Hints hints) {
        return part.time().flatMap(time -> time.at(hints.zoneOf(part.host().or(hints::host)), hints.near()));
    }

    /** Where its next part is looked for. */
    public Stream stream() {
        return stream(source, envelope, hints);
    }

    /** Whether {@code next}, of the same stream, was received so late that it belongs to another line. */
    boolean isFarFrom(Envelope next, Hints itsHints) {
        Optional<Instant> at = receivedAt(next, itsHints);
        return at.isPresent()
                && receivedAt.isPresent()
                && Duration.between(receivedAt.get(), at.get()).abs().compareTo(FARTHEST) > 0;
    }

    /** With one more part, of {@code itsLines} physical lines. */
    CutLine with(Envelope next, Hints itsHints, long itsLines) {
        String before = envelope.message().orElse("");
        String longer = joined(before, next);
        String kept = Telling.cut(longer, Math.max(LONGEST, before.length()));
        return new CutLine(
                source,
                envelope.saying(kept)
                        .holding(new Part(
                                envelope.part().stream(), true, "", next.part().tail())),
                over + longer.length() - kept.length(),
                hints,
                origin,
                part,
                lines + itsLines,
                receivedAt(next, itsHints).or(() -> receivedAt));
    }

    /** A letter that was cut in two stands as replacements at the end of the one and the beginning of the other. */
    private String joined(String before, Envelope next) {
        String after = next.message().orElse("");
        Optional<String> letter = over == 0 ? envelope.part().letterWith(next.part()) : Optional.empty();
        return letter.map(its -> REPLACED_AT_END.matcher(before).replaceFirst("")
                        + its
                        + REPLACED_AT_BEGIN.matcher(after).replaceFirst(""))
                .orElseGet(() -> before + after);
    }

    /**
     * The line as it was before it was cut. Where not all of its text was kept, the message says so at its end.
     *
     * @return empty if it is known to tell nothing
     */
    Optional<Decoded.Line> whole() {
        String text = envelope.message().orElse("");
        String said = over == 0 ? text : text + " [" + over + " more characters were left out]";
        Part complete = new Part(envelope.part().stream(), false);
        return LogDecoder.opened(envelope.saying(said).holding(complete), hints, origin)
                .match(Optional::of, unreadable -> Optional.empty(), nothing -> Optional.empty());
    }
}
