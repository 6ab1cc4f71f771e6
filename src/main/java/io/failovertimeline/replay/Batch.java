package io.failovertimeline.replay;

import io.failovertimeline.decode.Skim;
import io.failovertimeline.decode.Skimmer;
import io.failovertimeline.model.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Some lines of an input with what was skimmed of them; filled by one thread, read by another, again and again. */
final class Batch {

    /** No line at all. */
    static final Line NO_LINE = new Line();

    private static final int MOST_LINES = 1 << 11;
    private static final int FIRST_BYTES = 1 << 14;
    private static final int USUAL_BYTES = 1 << 18;

    /** As many as were ever needed: most inputs are small. */
    private final List<Line> lines = new ArrayList<>();

    private int size;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int used;
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
    }

    /**
     * Takes the next lines of {@code reader}.
     *
     * @param known the names that {@code skimmer} suspects
     * @return whether there may be more
     */
    boolean fill(LineReader reader, Skimmer skimmer, Set<String> known) {
        size = 0;
        used = 0;
        suspects = known;
        if (bytes.length > USUAL_BYTES) {
            bytes = new byte[FIRST_BYTES];
        }
        try {
            do {
                isLast = !add(reader, skimmer);
            } while (!isLast && size < MOST_LINES && used < USUAL_BYTES / 2);
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
        int length = reader.to() - reader.from();
        if (length > bytes.length - used) {
            bytes = Arrays.copyOf(bytes, Math.max(used + length, 2 * bytes.length));
            for (int i = 0; i < size; i++) {
                lines.get(i).skim.moved(bytes);
            }
        }
        System.arraycopy(reader.bytes(), reader.from(), bytes, used, length);
        if (size == lines.size()) {
            lines.add(new Line());
        }
        Line line = lines.get(size++);
        line.found = found;
        line.from = used;
        line.to = used + length;
        line.number = reader.number();
        line.lines = reader.lines();
        line.isSkimmed = skimmer.reads(bytes, line.from, line.to, reader.isPlain(), line.skim);
        used += length;
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
