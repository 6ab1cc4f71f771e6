package io.failovertimeline.publish;

import io.failovertimeline.gate.Figure;
import io.failovertimeline.gate.Figures;
import io.failovertimeline.gate.Figures.Spread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Two runs, or two sets of runs, figure by figure. */
public final class TextComparison {

    private final int width;
    private final boolean colour;

    /** For a terminal of {@code width} columns. */
    public TextComparison(int width, boolean colour) {
        this.width = width;
        this.colour = colour;
    }

    /** A page that ends with a line feed. */
    public String render(String nameA, Figures a, String nameB, Figures b) {
        Page page = new Page(width, colour, true);
        page.line(runs("A", nameA, a));
        page.line(runs("B", nameB, b));
        List<List<String>> rows = new ArrayList<>();
        for (Figure figure : a.with(b)) {
            Optional<Spread> before = a.spread(figure);
            Optional<Spread> after = b.spread(figure);
            rows.add(List.of(
                    name(figure),
                    before.map(spread -> told(figure, spread)).orElse("-"),
                    after.map(spread -> told(figure, spread)).orElse("-"),
                    before.flatMap(one -> after.map(other -> change(figure, one, other)))
                            .orElse("")));
        }
        page.blank();
        if (rows.isEmpty()) {
            page.line("Neither tells of an incident.");
        } else {
            page.table(List.of("", "A", "B", "B - A"), rows, List.of(1, 2, 3));
        }
        return page.toString();
    }

    private static String runs(String side, String name, Figures figures) {
        return side + "  " + name + (figures.runs() == 1 ? "" : ", " + figures.runs() + " runs");
    }

    private static String name(Figure figure) {
        String what =
                switch (figure.measure()) {
                    case INCIDENTS -> "in a run";
                    case WHOLE -> "as a whole";
                    case PHASE -> figure.phase().map(Enum::name).orElse("");
                    case OUTAGE -> "outage " + figure.endpoint();
                    case FAILED_REQUESTS -> "failed " + figure.endpoint();
                };
        return figure.kind() + " " + what;
    }

    private static String told(Figure figure, Spread spread) {
        String median = amount(figure, spread.median());
        return spread.least() == spread.most()
                ? median + (spread.count() > 1 ? " ×" + spread.count() : "")
                : median + " (" + amount(figure, spread.least()) + " to " + amount(figure, spread.most()) + ", "
                        + spread.count() + ")";
    }

    private static String amount(Figure figure, long value) {
        return figure.measure().isSpan()
                ? TextTime.span(Duration.ofMillis(value))
                : String.format(Locale.ROOT, "%,d", value);
    }

    private static String change(Figure figure, Spread a, Spread b) {
        long more = b.median() - a.median();
        if (more == 0) {
            return "=";
        }
        String share =
                a.median() == 0 ? "" : String.format(Locale.ROOT, " (%+d%%)", Math.round(100.0 * more / a.median()));
        return (more > 0 ? "+" : "-") + amount(figure, Math.abs(more)) + share;
    }
}
