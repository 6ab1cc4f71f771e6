package io.failovertimeline.publish;

import static java.util.stream.Collectors.joining;

import io.failovertimeline.publish.Page.Ink;
import io.failovertimeline.recognize.CatalogCheck;
import io.failovertimeline.recognize.Entry;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The catalog for a person at a terminal.
 *
 * @param width columns of the terminal
 * @param colour whether to write colour codes
 */
public record TextCatalog(int width, boolean colour) {

    /** Two lines for each of {@code entries}, the second its first example; and how many of {@code all} they are. */
    public String list(List<Entry> entries, int all) {
        Page page = new Page(width, colour, true);
        for (Entry entry : entries) {
            page.line(page.ink(Ink.BOLD, entry.id()) + "  " + components(entry) + "  "
                    + page.ink(Ink.CYAN, kinds(entry))
                    + entry.versions().map(versions -> "  (" + versions + ")").orElse(""));
            page.line("    " + Page.shortened(Page.printable(entry.examples().get(0)), width - 4));
        }
        page.line(entries.size() == all ? all + " entries." : entries.size() + " of " + all + " entries.");
        return page.toString();
    }

    /** One entry whole. */
    public String entry(Entry entry) {
        Page page = new Page(width, colour, true);
        page.line(page.ink(Ink.BOLD, entry.id()));
        page.labelled("place", Optional.empty(), entry.place());
        page.labelled("component", Optional.empty(), components(entry));
        page.labelled("kinds", Optional.empty(), kinds(entry));
        entry.versions().ifPresent(versions -> page.labelled("versions", Optional.empty(), versions));
        entry.source().ifPresent(source -> page.labelled("written by", Optional.empty(), source));
        if (!entry.set().isEmpty()) {
            page.labelled(
                    "sets",
                    Optional.empty(),
                    entry.set().entrySet().stream()
                            .map(field -> field.getKey() + "=" + field.getValue())
                            .collect(joining(", ")));
        }
        verbatim(page, "literal", entry.literals());
        verbatim(page, "grok", List.of(entry.grok()));
        verbatim(page, "examples", entry.examples());
        return page.toString();
    }

    /** What a check found: problems, then overlaps, then how much was looked at. */
    public String check(CatalogCheck check) {
        Page page = new Page(width, colour, true);
        for (String problem : check.problems()) {
            page.line(page.ink(Ink.RED, Page.printable(problem)));
        }
        for (CatalogCheck.Overlap overlap : check.overlaps()) {
            page.line(Page.printable(
                    overlap.taker().place() + ": " + overlap.taker().id() + " is tried before "
                            + overlap.other().id() + " (" + overlap.other().place() + ") and takes what both match: "
                            + overlap.example()));
        }
        page.line(check.entries() + " entries match their " + check.examples() + " examples; "
                + TextReport.counted(check.problems().size(), "problem") + ", "
                + TextReport.counted(check.overlaps().size(), "overlap") + ".");
        return page.toString();
    }

    /** Texts that are copied from here, uncut and not broken. */
    private static void verbatim(Page page, String label, List<String> texts) {
        page.line("  " + page.ink(Ink.DIM, label));
        texts.forEach(text -> page.line("    " + Page.printable(text)));
    }

    private static String components(Entry entry) {
        return entry.components().stream()
                .sorted()
                .map(component -> component.name().toLowerCase(Locale.ROOT))
                .collect(joining(", "));
    }

    private static String kinds(Entry entry) {
        return entry.kinds().stream().map(Enum::name).collect(joining(", "));
    }
}
