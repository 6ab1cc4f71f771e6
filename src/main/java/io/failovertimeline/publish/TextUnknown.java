package io.failovertimeline.publish;

import io.failovertimeline.model.UnknownLines;
import io.failovertimeline.publish.Page.Ink;
import java.util.List;
import java.util.Locale;

/**
 * The lines that no catalog entry takes, for a person at a terminal.
 *
 * @param width columns of the terminal
 * @param colour whether to write colour codes
 * @param most so many templates are shown of messages, and as many of other text
 */
public record TextUnknown(int width, boolean colour, int most) {

    private static final int BESIDE_TEXT = 24;

    /** The most frequent first; two lines for each template, the second an example with its place. */
    public String render(UnknownLines unknown) {
        Page page = new Page(width, colour, true);
        if (unknown.messages().isEmpty()) {
            page.line("No unknown line of a program that the catalog covers.");
        } else {
            list(page, "Unknown lines of programs that the catalog covers", unknown.messages());
        }
        if (!unknown.texts().isEmpty()) {
            list(page, "Text that is no log line", unknown.texts());
        }
        if (unknown.leftOut() > 0) {
            page.prose(String.format(
                    Locale.ROOT,
                    "There are more templates than are kept; %,d lines of others, chosen by chance, are not listed.",
                    unknown.leftOut()));
        }
        return page.toString();
    }

    private void list(Page page, String name, List<UnknownLines.Template> templates) {
        page.section(name);
        for (UnknownLines.Template template : templates.subList(0, Math.min(most, templates.size()))) {
            String program = template.component()
                    .map(component -> component.name().toLowerCase(Locale.ROOT))
                    .orElse("");
            page.line(String.format(
                    Locale.ROOT, "  %,8d  %-10s  %s", template.count(), program, fitted(template.text())));
            page.line(
                    " ".repeat(BESIDE_TEXT) + page.ink(Ink.DIM, fitted(template.origin() + "  " + template.example())));
        }
        int others = templates.size() - most;
        if (others > 0) {
            page.prose("and " + others + " more; --unknown=" + templates.size() + " lists all");
        }
    }

    private String fitted(String text) {
        return Page.shortened(Page.printable(text), Math.max(width, Page.SMALLEST_WIDTH) - BESIDE_TEXT);
    }
}
