package io.failovertimeline.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.model.Incident;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IncidentReaderTest {

    @ParameterizedTest
    @MethodSource("incidents")
    void what_was_written_is_read_back(Incident incident) {
        ObjectNode written = FindingsJson.incident(incident);

        assertThat(IncidentReader.read(written).map(FindingsJson::incident)).contains(written);
    }

    @ParameterizedTest
    @MethodSource("incidents")
    void an_incident_of_a_later_version_is_no_error(Incident incident) {
        ObjectNode written = FindingsJson.incident(incident).put("kind", "METEORITE");

        assertThat(IncidentReader.read(written)).isEmpty();
        assertThat(new TextTimeline(100, false, false).headline(written)).contains("another version");
    }

    static List<Incident> incidents() {
        return Stream.of(
                        SampleReports.failoverInAWriteUp(),
                        SampleReports.switchoverWithClients(),
                        SampleReports.openIncident(),
                        SampleReports.clockThatIsOff())
                .flatMap(report -> report.findings().incidents().stream())
                .toList();
    }
}
