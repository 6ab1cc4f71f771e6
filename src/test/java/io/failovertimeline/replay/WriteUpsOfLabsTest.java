package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.Incident;
import io.failovertimeline.model.Report;
import io.failovertimeline.publish.MarkdownReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real labs, told in Markdown. */
class WriteUpsOfLabsTest {

    @ParameterizedTest
    @ValueSource(strings = {"leader-killed", "write-up"})
    void a_lab_is_written_up_as_before(String lab) throws IOException {
        String told = MarkdownReport.render(Lab.replay(Lab.BUNDLED.resolve(lab)));

        Path file = Lab.CAPTURED.resolve(lab).resolve("expected.md");
        if ("update".equals(System.getProperty("golden"))) {
            Files.writeString(file, told, StandardCharsets.UTF_8);
        }
        assertThat(told).isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
    }

    @Test
    void every_lab_is_written_up_with_its_causes_and_leaders() throws IOException {
        for (Path lab : Lab.all()) {
            Report report = Lab.replay(lab);

            String told = MarkdownReport.render(report);

            for (Incident incident : report.findings().incidents()) {
                assertThat(told).contains(incident.kind() + " " + incident.cluster());
                assertThat(told).contains(incident.cause().explanation());
                incident.events().stream().limit(5).forEach(step -> assertThat(told)
                        .contains(step.origin()
                                .source()
                                .substring(step.origin().source().lastIndexOf('/') + 1)));
            }
        }
    }
}
