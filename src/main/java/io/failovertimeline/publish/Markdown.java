package io.failovertimeline.publish;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A document in GitHub's Markdown. Whatever it is given is shown as it is: nothing in a log line can become a heading, a link, an image
 * or HTML, or end the excerpt it stands in.
 *
 * @see <a href="https://github.github.com/gfm/">GitHub Flavored Markdown</a>
 */
final class Markdown {

    private static final Pattern STEERING = Pattern.compile("[\\\\`*\\[\\]|~!#]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])");

    /** What would begin a list, a quotation or a rule below a heading. */
    private static final Pattern LINE_START = Pattern.compile("^(?=[-+=])|(?<=^\\d{1,9})(?=[.)](?: |$))");

    private static final Pattern TICKS = Pattern.compile("`+");

    private final StringBuilder text = new StringBuilder();

    /** A heading; {@code level} from 1 on. */
    void heading(int level, String words) {
        block("#".repeat(level) + " " + escaped(words));
    }

    void paragraph(String words) {
        block(LINE_START.matcher(escaped(words)).replaceAll("\\\\"));
    }

    /** A list of {@code name: words}. */
    void answers(List<Outline.Answer> answers) {
        if (!answers.isEmpty()) {
            block(answers.stream()
                    .map(answer -> "- **" + escaped(answer.label()) + "**: " + escaped(answer.text()))
                    .collect(Collectors.joining("\n")));
        }
    }

    /** A table; without names of columns, which Markdown can't do without, they are empty. */
    void table(Outline.Table table) {
        if (table.rows().isEmpty()) {
            return;
        }
        int columns = table.rows().get(0).size();
        List<String> head = table.head().isEmpty()
                ? IntStream.range(0, columns).mapToObj(i -> "").toList()
                : table.head();
        String rule = IntStream.range(0, columns)
                .mapToObj(i -> table.numbers().contains(i) ? "---:" : "---")
                .collect(Collectors.joining(" | ", "| ", " |"));
        block(row(head) + "\n" + rule + "\n"
                + table.rows().stream().map(Markdown::row).collect(Collectors.joining("\n")));
    }

    void parts(List<Outline.Part> parts) {
        for (Outline.Part part : parts) {
            if (part instanceof Outline.Table table) {
                table(table);
            } else if (part instanceof Outline.Prose prose) {
                paragraph(prose.text());
            }
        }
    }

    /** Lines as they are, in a fence longer than any run of backticks in them. */
    void excerpt(List<String> lines) {
        int longest = lines.stream()
                .flatMap(line -> TICKS.matcher(line).results())
                .mapToInt(ticks -> ticks.group().length())
                .max()
                .orElse(0);
        String fence = "`".repeat(Math.max(3, longest + 1));
        block(fence + "\n" + String.join("\n", lines) + "\n" + fence);
    }

    private static String row(List<String> cells) {
        return cells.stream().map(Markdown::escaped).collect(Collectors.joining(" | ", "| ", " |"));
    }

    /** The words so that Markdown shows just them. */
    static String escaped(String words) {
        String shown = STEERING.matcher(Page.printable(words).strip()).replaceAll("\\\\$0");
        return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void block(String lines) {
        text.append(text.isEmpty() ? "" : "\n").append(lines).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
