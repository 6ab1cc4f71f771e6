package io.failovertimeline.replay;

import io.failovertimeline.decode.Decoded;
import io.failovertimeline.model.InputSummary;
import io.failovertimeline.model.LineClass;
import io.failovertimeline.model.LineCounts;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Problem;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what became of the lines of one input. */
final class Tally {

    private final String name;
    private final InputSummary.Content content;
    private final TreeMap<String, Count> formats = new TreeMap<>();
    private String lastFormat = "";
    private Count ofLastFormat = new Count();
    private final Map<Decoded.Reason, Rejected> rejections = new EnumMap<>(Decoded.Reason.class);
    private long recognized;
    private long knownNoise;
    private long unrelated;
    private long unknown;
    private long rejected;

    private static final class Count {
        private long lines;
    }

    private record Rejected(Origin first, long count) {}

    Tally(String name, InputSummary.Content content) {
        this.name = name;
        this.content = content;
    }

    /** Counts the lines of a state dump, all of which were read for what it shows. */
    void dump(String format, int linesOfIt) {
        recognized += linesOfIt;
        format(format);
    }

    /** One more line; of a rejected one {@link #rejected} tells more. */
    void count(LineClass what) {
        count(what, 1);
    }

    /** One more record, of {@code lines} lines. */
    void count(LineClass what, long lines) {
        switch (what) {
            case RECOGNIZED -> recognized += lines;
            case KNOWN_NOISE -> knownNoise += lines;
            case UNRELATED -> unrelated += lines;
            case UNKNOWN -> unknown += lines;
            case REJECTED -> rejected += lines;
        }
    }

    void format(String format) {
        if (!format.equals(lastFormat)) {
            lastFormat = format;
            ofLastFormat = formats.computeIfAbsent(format, unused -> new Count());
        }
        ofLastFormat.lines++;
    }

    void rejected(Decoded.Reason reason, Origin origin) {
        rejected(reason, origin, 1);
    }

    void rejected(Decoded.Reason reason, Origin origin, long lines) {
        count(LineClass.REJECTED, lines);
        rejections.merge(reason, new Rejected(origin, 1), (a, b) -> new Rejected(a.first(), a.count() + b.count()));
    }

    LineCounts counts() {
        return new LineCounts(recognized, knownNoise, unrelated, unknown, rejected);
    }

    InputSummary summary() {
        String format = formats.entrySet().stream()
                .max(Comparator.comparingLong((Map.Entry<String, Count> entry) -> entry.getValue().lines)
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse("text");
        return new InputSummary(name, format, content, counts());
    }

    /** One problem for each reason, with the place of its first line. */
    List<Problem> problems() {
        return rejections.entrySet().stream()
                .map(entry -> new Problem(
                        entry.getValue().first().toString(),
                        entry.getKey().words()
                                + format(entry.getKey())
                                + others(entry.getValue().count()),
                        entry.getKey().advice()))
                .toList();
    }

    /** What lies in the format itself is said of it by its name. */
    private String format(Decoded.Reason reason) {
        boolean isOfFormat = reason == Decoded.Reason.TOTALS_ONLY || reason == Decoded.Reason.NO_START;
        return isOfFormat ? " (" + lastFormat + ")" : "";
    }

    private static String others(long count) {
        return count == 1 ? "" : ", and so " + (count == 2 ? "is 1 more line" : "are " + (count - 1) + " more lines");
    }
}
