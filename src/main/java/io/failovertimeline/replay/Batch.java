package io.failovertimeline.replay;

import io.failovertimeline.decode.Skim;
import io.failovertimeline.decode.Skimmer;
import io.failovertimeline.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Some lines of an input with what was skimmed of them; filled by one thread, read by another, again and again. */
final class Batch {

    /** No line at all. */
    static final Line NO_LINE = new Line();

    private static final int MOST_LINES = 1 << 12;
    private static final int MOST_BYTES = 1 << 19;
    private static final byte[] NOTHING = new byte[0];

    /** As many as were ever needed: most inputs are small. */
    private final List<Line> lines = new ArrayList<>();

    private int size;
    private byte[] bytes = NOTHING;
    private Set<String> suspects = Set.of();
    private boolean isLast;
    private Optional<Problem> problem = Optional.empty();
    private @Nullable RuntimeException failure;

    /** The place of a line in a batch, and what was seen in it. */
    static final class Line {
        private final Skim skim = new Skim();
        private LineReader.Found found = LineReader.Found.END;
        private int from;
        private int to;
        private long number;
        private long lines;
        private boolean isSkimmed;
        private boolean isUnrelated;

        LineReader.Found found() {
            return found;
        }

        int from() {
            return from;
        }

        int to() {
            return to;
        }

        long number() {
            return number;
        }

        long lines() {
            return lines;
        }

        Skim skim() {
            return skim;
        }

        boolean isSkimmed() {
            return isSkimmed;
        }

        /** As of {@link Lines#nextUnrelated()}. */
        boolean isUnrelated() {
            return isUnrelated;
        }
    }

    /**
     * Takes the next lines of {@code reader}.
     *
     * @param known the names that {@code skimmer} suspects
     * @return whether there may be more
     */
    boolean fill(LineReader reader, Skimmer skimmer, Set<String> known) {
        size = 0;
        suspects = known;
        try {
            reader.goOnIn(bytes.length > MOST_BYTES ? NOTHING : bytes);
            isLast = !add(reader, skimmer);
            bytes = reader.bytes();
            while (!isLast && size < MOST_LINES && reader.isAtHand()) {
                add(reader, skimmer);
            }
            problem = reader.problem();
        } catch (RuntimeException unexpected) {
            failure = unexpected;
            isLast = true;
        }
        return !isLast;
    }

    private boolean add(LineReader reader, Skimmer skimmer) {
        LineReader.Found found = reader.next();
        if (found == LineReader.Found.END) {
            return false;
        }
        if (size == lines.size()) {
            lines.add(new Line());
        }
        Line line = lines.get(size++);
        line.found = found;
        line.from = reader.from();
        line.to = reader.to();
        line.number = reader.number();
        line.lines = reader.lines();
        line.isSkimmed = skimmer.reads(reader.bytes(), line.from, line.to, reader.isPlain(), line.skim);
        line.isUnrelated = line.isSkimmed
                && line.skim.isUnrelated()
                && found == LineReader.Found.LINE
                && reader.bytes()[line.from] != '{';
        return true;
    }

    /** Throws what went wrong while the batch was filled, if anything did that should not. */
    void rethrow() {
        if (failure != null) {
            throw new IllegalStateException("could not read on", failure);
        }
    }

    int size() {
        return size;
    }

    Line line(int index) {
        return lines.get(index);
    }

    byte[] bytes() {
        return bytes;
    }

    /** Whether nothing comes behind it. */
    boolean isLast() {
        return isLast;
    }

    /** Whether {@code names} were suspected. */
    boolean isBy(Set<String> names) {
        return suspects.equals(names);
    }

    Optional<Problem> problem() {
        return problem;
    }
}
