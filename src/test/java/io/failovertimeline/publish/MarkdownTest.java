package io.failovertimeline.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiterString = " -> ",
            value = {
                "<script>alert(1)</script> -> &lt;script&gt;alert(1)&lt;/script&gt;",
                "![x](javascript:1) -> \\!\\[x\\](javascript:1)",
                "a `b` *c* | d -> a \\`b\\` \\*c\\* \\| d",
                "&lt;b&gt; -> &amp;lt;b&amp;gt;",
                "loop_wait and _this_ -> loop_wait and \\_this\\_",
                "15.2 s -> 15.2 s"
            })
    void words_are_shown_as_they_are(String words, String written) {
        assertThat(Markdown.escaped(words)).isEqualTo(written);
    }

    @Test
    void characters_that_steer_a_terminal_are_gone() {
        assertThat(Markdown.escaped("a\u001b[31mb\u202ec\nd")).isEqualTo("a \\[31mb\ufffdc d");
    }

    @Test
    void a_paragraph_begins_no_list() {
        Markdown document = new Markdown();

        document.paragraph("- one");
        document.paragraph("1. two");
        document.paragraph("15.2 s");

        assertThat(document).hasToString("\\- one\n\n1\\. two\n\n15.2 s\n");
    }

    @Test
    void an_excerpt_is_not_ended_by_its_lines() {
        Markdown document = new Markdown();

        document.excerpt(List.of("```", "````` <script>"));

        assertThat(document).hasToString("``````\n```\n````` <script>\n``````\n");
    }

    @Test
    void a_cell_adds_no_column() {
        Markdown document = new Markdown();

        document.table(new Outline.Table(List.of("a", "b"), List.of(List.of("x|y", "1")), List.of(1)));

        assertThat(document).hasToString("| a | b |\n| --- | ---: |\n| x\\|y | 1 |\n");
    }
}
