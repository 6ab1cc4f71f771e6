package io.failovertimeline.publish;

import io.failovertimeline.gate.Check;
import io.failovertimeline.gate.GateResult;
import io.failovertimeline.gate.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How several runs did by the same expectations. */
public final class TextScore {

    private final int width;
    private final boolean colour;

    /** For a terminal of {@code width} columns. */
    public TextScore(int width, boolean colour) {
        this.width = width;
        this.colour = colour;
    }

    /**
     * A page that ends with a line feed.
     *
     * @param byRun results by the run's name, in the order they are shown in
     */
    public String render(Map<String, GateResult> byRun) {
        Page page = new Page(width, colour, true);
        List<List<String>> rows = new ArrayList<>();
        byRun.forEach((run, result) -> rows.add(List.of(
                run,
                result.verdict().name(),
                Long.toString(result.count(Verdict.PASS)),
                Long.toString(result.count(Verdict.FAIL)),
                Long.toString(result.count(Verdict.UNKNOWN)),
                worst(result))));
        page.table(List.of("run", "verdict", "held", "failed", "unknown", "first of them"), rows, List.of(2, 3, 4));
        page.blank();
        page.line(String.format(
                Locale.ROOT,
                "%d of %d runs passed, %d failed, %d can't be told.",
                count(byRun, Verdict.PASS),
                byRun.size(),
                count(byRun, Verdict.FAIL),
                count(byRun, Verdict.UNKNOWN)));
        return page.toString();
    }

    private static long count(Map<String, GateResult> byRun, Verdict verdict) {
        return byRun.values().stream()
                .filter(result -> result.verdict() == verdict)
                .count();
    }

    /** The first expectation that made the verdict what it is. */
    private static String worst(GateResult result) {
        return result.checks().stream()
                .filter(check -> result.verdict() != Verdict.PASS && check.verdict() == result.verdict())
                .findFirst()
                .map((Check check) -> check.expected() + ": " + check.found())
                .orElse("");
    }
}
