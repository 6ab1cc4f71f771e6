package io.failovertimeline.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Lines for a terminal of a given width. What comes from a log can't steer the terminal. An {@link Outline} keeps them in parts. */
class Page {

    static final int SMALLEST_WIDTH = 60;
    private static final String ELLIPSIS = "…";

    /** Rows of one list, so that no list pushes the rest off the screen. */
    static final int MOST_ROWS = 24;

    private static final int LABEL_WIDTH = 13;

    private final int width;
    private final boolean colour;
    private final boolean whole;
    private final StringBuilder text = new StringBuilder();

    /** {@code whole} lists all there is, however long. */
    Page(int width, boolean colour, boolean whole) {
        this.width = Math.max(width, SMALLEST_WIDTH);
        this.colour = colour;
        this.whole = whole;
    }

    int width() {
        return width;
    }

    /** Whether nothing is to be left out. */
    boolean isWhole() {
        return whole;
    }

    /** How many of {@code size} entries of a list are shown where {@code most} fit. */
    int shown(int size, int most) {
        return whole ? size : Math.min(size, most);
    }

    /** How a piece of text stands out, where colour was asked for. */
    enum Ink {
        BOLD("1"),
        DIM("2"),
        RED("1;31"),
        GREEN("32"),
        YELLOW("33"),
        CYAN("36");

        private final String code;

        Ink(String code) {
            this.code = code;
        }
    }

    String ink(Ink ink, String piece) {
        return colour && !piece.isBlank() ? "\u001b[" + ink.code + "m" + piece + "\u001b[0m" : piece;
    }

    /** A line as it is; the caller has fitted it. */
    void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }

    /** An empty line between two parts; none at the top of the page. */
    void blank() {
        if (text.length() > 0) {
            text.append('\n');
        }
    }

    /** A section's name, set apart from what stands above. */
    void section(String name) {
        blank();
        line(ink(Ink.BOLD, name));
    }

    /** {@code label} and what it says, broken into as many lines as it takes. */
    void labelled(String label, Optional<Ink> ink, String saying) {
        String indent = "  " + pad(label, LABEL_WIDTH);
        for (String part : wrapped(saying, width - indent.length())) {
            line(ink(Ink.DIM, indent) + ink.map(chosen -> ink(chosen, part)).orElse(part));
            indent = " ".repeat(indent.length());
        }
    }

    /** Prose below a section's name. */
    void prose(String saying) {
        wrapped("  ", saying);
    }

    /** Prose further in, by {@code indent}. */
    void wrapped(String indent, String saying) {
        wrapped(saying, width - indent.length()).forEach(part -> line(indent + part));
    }

    /**
     * Rows in columns as wide as their widest cell; what exceeds the page is cut from the widest columns. Of a long list only
     * the first rows are shown, and how many more there are.
     *
     * @param head names of the columns; empty for none
     * @param rightAligned indexes of the columns that hold numbers
     */
    void table(List<String> head, List<List<String>> rows, List<Integer> rightAligned) {
        List<List<String>> shown = rows.subList(0, shown(rows.size(), MOST_ROWS));
        List<List<String>> measured = new ArrayList<>(shown);
        if (!head.isEmpty()) {
            measured.add(head);
        }
        int[] widths = widths(measured);
        if (!head.isEmpty()) {
            line(ink(Ink.DIM, row(head, widths, rightAligned)));
        }
        shown.forEach(cells -> line(row(cells, widths, rightAligned)));
        more(rows.size() - shown.size());
    }

    /** Says how many entries of a list were left out, if any. */
    void more(int leftOut) {
        if (leftOut > 0) {
            prose("and " + leftOut + " more; --verbose lists all");
        }
    }

    private static String row(List<String> cells, int[] widths, List<Integer> rightAligned) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = shortened(printable(cells.get(i)), widths[i]);
            line.append("  ").append(rightAligned.contains(i) ? padLeft(cell, widths[i]) : pad(cell, widths[i]));
        }
        return line.toString();
    }

    private int[] widths(List<List<String>> rows) {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(i -> rows.stream()
                        .mapToInt(row -> printable(row.get(i)).length())
                        .max()
                        .orElse(0))
                .toArray();
        while (IntStream.of(widths).sum() + 2 * widths.length > width) {
            int widest = IntStream.range(0, widths.length)
                    .reduce((a, b) -> widths[b] > widths[a] ? b : a)
                    .orElseThrow();
            widths[widest]--;
        }
        return widths;
    }

    static String pad(String cell, int width) {
        return cell + " ".repeat(Math.max(0, width - cell.length()));
    }

    static String padLeft(String cell, int width) {
        return " ".repeat(Math.max(0, width - cell.length())) + cell;
    }

    /** At most {@code width} characters, the cut shown by an ellipsis. */
    static String shortened(String cell, int width) {
        if (cell.length() <= width) {
            return cell;
        }
        int end = Math.max(0, width - 1);
        boolean splitsPair = end > 0 && Character.isHighSurrogate(cell.charAt(end - 1));
        return cell.substring(0, splitsPair ? end - 1 : end).stripTrailing() + ELLIPSIS;
    }

    /** What fits into a row of a message of several lines. */
    static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /** The text without characters that move the cursor, change colours or reorder what follows. */
    static String printable(String raw) {
        StringBuilder clean = new StringBuilder(raw.length());
        raw.codePoints().map(Page::visible).forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static int visible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
            case Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> '\ufffd';
            default -> codePoint;
        };
    }

    private static List<String> wrapped(String saying, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : printable(saying).split(" +", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
