package io.failovertimeline.model;

import java.util.List;
import java.util.Optional;

/**
 * Lines that no catalog entry takes, those that say the same counted together.
 *
 * @param messages of covered programs, the most frequent first
 * @param texts what is no log line at all, the most frequent first
 * @param leftOut how many more lines there are, whose templates were too many to keep
 */
public record UnknownLines(List<Template> messages, List<Template> texts, long leftOut) {

    public UnknownLines {
        messages = List.copyOf(messages);
        texts = List.copyOf(texts);
    }

    /**
     * Lines that differ only in numbers, names and the like.
     *
     * @param component whose words they are; empty for what is no log line
     * @param text what they have in common, with {@code <number>} and the like for what varies
     * @param count how many there are
     * @param example the message of one
     * @param origin where that stands
     */
    public record Template(Optional<Component> component, String text, long count, String example, Origin origin) {}
}
