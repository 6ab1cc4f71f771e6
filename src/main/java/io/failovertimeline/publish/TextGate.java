package io.failovertimeline.publish;

import io.failovertimeline.gate.Check;
import io.failovertimeline.gate.GateResult;
import io.failovertimeline.gate.Verdict;
import io.failovertimeline.publish.Page.Ink;
import java.util.Locale;
import java.util.Optional;

/** What became of expectations, for a person: what held in a line, what did not with its proof. */
public final class TextGate {

    private static final int LONGEST_PROOF = 200;

    private final int width;
    private final boolean colour;

    /** For a terminal of {@code width} columns. */
    public TextGate(int width, boolean colour) {
        this.width = width;
        this.colour = colour;
    }

    /** A section that ends with a line feed. */
    public String render(GateResult result) {
        Page page = new Page(width, colour, true);
        page.section("Expectations of " + result.name());
        String subject = "";
        for (Check check : result.checks()) {
            if (!check.subject().equals(subject)) {
                subject = check.subject();
                page.prose(subject);
            }
            add(check, page);
        }
        page.labelled(
                "in all",
                ink(result.verdict()),
                String.format(
                        Locale.ROOT,
                        "%s: %d held, %d failed, %d can't be told",
                        word(result.verdict()),
                        result.count(Verdict.PASS),
                        result.count(Verdict.FAIL),
                        result.count(Verdict.UNKNOWN)));
        return page.toString();
    }

    private static void add(Check check, Page page) {
        page.labelled(word(check.verdict()), ink(check.verdict()), check.expected() + ": " + check.found());
        if (check.verdict() != Verdict.PASS) {
            check.proof()
                    .forEach(proof -> page.wrapped(" ".repeat(17), shortened(proof.text()) + "  " + proof.origin()));
        }
    }

    private static String shortened(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() <= LONGEST_PROOF ? line : line.substring(0, LONGEST_PROOF) + "…";
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case PASS -> "pass";
            case FAIL -> "FAIL";
            case UNKNOWN -> "unknown";
        };
    }

    private static Optional<Ink> ink(Verdict verdict) {
        return switch (verdict) {
            case PASS -> Optional.empty();
            case FAIL -> Optional.of(Ink.RED);
            case UNKNOWN -> Optional.of(Ink.YELLOW);
        };
    }
}
