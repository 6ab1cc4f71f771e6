package io.failovertimeline.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.model.Report;
import io.failovertimeline.recognize.Catalog;
import io.failovertimeline.recognize.Recognizer;
import io.failovertimeline.replay.ProgressListener;
import io.failovertimeline.replay.Replay;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SameInAllFormsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Recognizer RECOGNIZER = new Recognizer(Catalog.builtIn());
    private static final Pattern EMBEDDED =
            Pattern.compile("<script type=\"application/json\" id=\"report\">(.*?)</script>", Pattern.DOTALL);

    static List<Path> labs() throws IOException {
        try (Stream<Path> bundled = Files.list(Path.of("labs"));
                Stream<Path> captured = Files.list(Path.of("src/test/resources/lab"))) {
            return Stream.concat(bundled, captured.map(lab -> lab.resolve("input")))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("labs")
    void a_lab_is_told_alike_as_html_markdown_and_json(Path lab) throws IOException {
        Report report = new Replay(RECOGNIZER, InputStream.nullInputStream())
                .run(List.of(lab.toString()), GivenZones.NONE, ProgressListener.NONE);

        JsonNode json = MAPPER.readTree(FindingsJson.report(report).toString());
        JsonNode html = embedded(HtmlReport.render(report));
        String markdown = oneLine(MarkdownReport.render(report));

        assertThat(html.path("incidents")).hasSameSizeAs(json.path("incidents"));
        for (int i = 0; i < json.path("incidents").size(); i++) {
            ObjectNode incident = (ObjectNode) html.path("incidents").path(i);
            assertToldIn(markdown, incident, i + 1);
            incident.remove(List.of("told", "lanes"));
            assertThat(incident).isEqualTo(json.path("incidents").path(i));
        }
        for (String field : List.of("errorWindows", "nearMisses", "clocks", "coverage", "endpoints", "inputs")) {
            assertThat(html.path(field)).as(field).isEqualTo(json.path(field));
        }
        html.path("told").path("opening").forEach(part -> assertPart(markdown, part));
    }

    /** What the page says of an incident in words stands in the document too, and its facts are in the words. */
    private static void assertToldIn(String markdown, JsonNode incident, int number) {
        JsonNode told = incident.path("told");
        assertThat(markdown)
                .contains(Markdown.escaped(number + ". " + incident.path("kind").asText() + " "
                                + incident.path("cluster").asText() + ": "
                                + told.path("leadership").asText())
                        .replace("\\.", "."));
        for (String leader : List.of("oldLeader", "newLeader")) {
            assertThat(told.path("leadership").asText())
                    .contains(incident.path(leader).asText());
        }
        told.path("answers").forEach(answer -> assertThat(markdown)
                .contains(Markdown.escaped(answer.path("text").asText())));
        assertThat(told.path("phases")).hasSameSizeAs(incident.path("phases"));
        told.path("phases").forEach(phase -> assertThat(markdown)
                .contains(Markdown.escaped(phase.path("took").asText())));
        told.path("sections").forEach(section -> section.path("parts").forEach(part -> assertPart(markdown, part)));
        String cause = incident.path("cause").path("code").asText();
        if (!cause.equals("UNKNOWN")) {
            assertThat(told.path("answers").findValuesAsText("text")).anyMatch(text -> text.startsWith(cause));
        }
    }

    private static void assertPart(String markdown, JsonNode part) {
        if (part.has("text")) {
            assertThat(markdown).contains(Markdown.escaped(part.path("text").asText()));
        }
        part.path("rows")
                .forEach(row -> row.forEach(cell -> assertThat(markdown).contains(Markdown.escaped(cell.asText()))));
    }

    private static JsonNode embedded(String page) throws IOException {
        Matcher report = EMBEDDED.matcher(page);
        assertThat(report.find()).isTrue();
        return MAPPER.readTree(report.group(1));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
