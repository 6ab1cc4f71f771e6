package io.failovertimeline.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is told, kept in parts for those who lay it out themselves: a document, a page in a browser. All texts are printable. */
final class Outline extends Page {

    private final List<Answer> answers = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();
    private final List<Part> opening = new ArrayList<>();

    /** Nothing is left out and nothing is cut. */
    Outline() {
        super(Integer.MAX_VALUE, false, true);
    }

    /**
     * A question answered.
     *
     * @param ink how it stands out; empty if it does not
     */
    record Answer(String label, Optional<Ink> ink, String text) {}

    /** A paragraph or a table. */
    sealed interface Part permits Prose, Table {}

    /** A paragraph. */
    record Prose(String text) implements Part {}

    /**
     * Rows of cells.
     *
     * @param head names of the columns; empty for none
     * @param numbers indexes of the columns that hold numbers
     */
    record Table(List<String> head, List<List<String>> rows, List<Integer> numbers) implements Part {}

    /** Parts under a name. */
    record Section(String name, List<Part> parts) {}

    List<Answer> answers() {
        return List.copyOf(answers);
    }

    /** What stands before the first section. */
    List<Part> opening() {
        return List.copyOf(opening);
    }

    List<Section> sections() {
        return List.copyOf(sections);
    }

    @Override
    void labelled(String label, Optional<Ink> ink, String saying) {
        answers.add(new Answer(label, ink, printable(saying)));
    }

    @Override
    void section(String name) {
        sections.add(new Section(printable(name), new ArrayList<>()));
    }

    @Override
    void line(String line) {
        wrapped("", line.strip());
    }

    @Override
    void wrapped(String indent, String saying) {
        parts().add(new Prose(printable(saying)));
    }

    @Override
    void table(List<String> head, List<List<String>> rows, List<Integer> rightAligned) {
        List<List<String>> clean = rows.stream()
                .map(row -> row.stream().map(Page::printable).toList())
                .toList();
        parts().add(new Table(head, clean, rightAligned));
    }

    @Override
    void blank() {}

    private List<Part> parts() {
        return sections.isEmpty() ? opening : sections.get(sections.size() - 1).parts();
    }
}
