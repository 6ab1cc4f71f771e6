package io.failovertimeline.replay;

import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Framing;
import io.failovertimeline.decode.Skim;
import io.failovertimeline.model.Problem;
import java.io.IOException;
import java.util.Optional;

/**
 * Records of an input, mostly physical lines, one after the other, as slices of a reused buffer.
 *
 * <pre>{@code
 * for (Found found = lines.next(); found != Found.END; found = lines.next()) {
 *     … lines.bytes(), lines.from(), lines.to(), lines.number() …
 * }
 * lines.problem() …
 * }</pre>
 */
public sealed interface Lines extends AutoCloseable permits LineReader, SkimmedLines {

    /** Goes to the next record. */
    LineReader.Found next();

    /**
     * Goes to the next record if it is at hand and was skimmed, and is a line of text of a program outside the catalog; tells whether it
     * does. Such a record tells no more than when its host was seen.
     */
    boolean nextUnrelated();

    /** The buffer that the line is in; valid until the next call of {@link #next()}. */
    byte[] bytes();

    /** Where the line begins. */
    int from();

    /** Where it ends, exclusive, without CR and LF. */
    int to();

    /** The number, from 1, of the line it is, or of its first line. */
    long number();

    /** How many lines it has; one, unless {@link Framing} says otherwise. */
    long lines();

    /** How the input is divided. */
    Framing framing();

    /** What was seen in the line, if {@link #isSkimmed()}; if not, its channel at most. Valid until the next call of {@link #next()}. */
    Skim skim();

    /** Whether the line was skimmed, and what was seen in it holds. */
    boolean isSkimmed();

    /** Is to be told what lines that were decoded say. */
    void heard(Decoded.Line line);

    /** Why no more can be read, if that is not because all was. What follows the last whole record is left out then. */
    Optional<Problem> problem();

    @Override
    void close() throws IOException;
}
