package io.failovertimeline.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.Report;
import io.failovertimeline.publish.JunitXml;
import io.failovertimeline.publish.TextGate;
import io.failovertimeline.recognize.Catalog;
import io.failovertimeline.recognize.Recognizer;
import io.failovertimeline.replay.ProgressListener;
import io.failovertimeline.replay.Replay;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

class GateTest {

    /** The one that README and docs/gate.md show. */
    private static String expected = "";

    private static Report killed = nothing();
    private static Report cut = nothing();

    @BeforeAll
    static void replay() throws IOException {
        expected = Files.readString(Path.of("docs/expect.yaml"));
        killed = replay("labs/leader-killed");
        cut = replay("labs/power-cut");
    }

    @Test
    void a_run_that_went_as_expected_passes() throws ExpectationsException {
        GateResult result = gate(expected, killed);

        assertThat(result.verdict()).isEqualTo(Verdict.PASS);
        assertThat(result.checks()).hasSize(12).allMatch(check -> check.verdict() == Verdict.PASS);
    }

    @ParameterizedTest
    @CsvSource({
        "outage: 30s, outage: 5s, FAIL",
        "failedRequests: 500, failedRequests: 3, FAIL",
        "cause: HOST_DOWN, cause: OPERATOR_REQUEST, FAIL",
        "newLeader: db2, newLeader: db1, FAIL",
        "DETECTION: 20s, DETECTION: 2s, FAIL",
        "kind: FAILOVER, kind: SWITCHOVER, FAIL",
        "state: CLOSED, dataLoss: 0, UNKNOWN",
        "state: CLOSED, endpoints: {GET /nowhere: {outage: 5s}}, UNKNOWN",
    })
    void what_is_not_so_fails_and_what_can_t_be_told_is_neither(String known, String other, Verdict verdict)
            throws ExpectationsException {
        assertThat(expected).contains(known);

        assertThat(gate(expected.replace(known, other), killed).verdict()).isEqualTo(verdict);
    }

    @Test
    void an_incident_that_was_not_expected_fails_with_the_lines_that_prove_it() throws ExpectationsException {
        GateResult result = gate("incidents: []\n", killed);

        assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(result.checks()).singleElement().satisfies(check -> assertThat(check.proof())
                .isNotEmpty());
        assertThat(gate("incidents: []\nothers: allowed\n", killed).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void two_leaders_that_are_only_possible_are_no_proof_of_either() throws ExpectationsException {
        GateResult result = gate("incidents: [{kind: FAILOVER, twoLeaders: never}]\n", cut);

        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void an_outage_within_the_stamps_resolution_of_its_limit_can_t_be_told() throws ExpectationsException {
        assertThat(gate("incidents: [{outage: 27s}]\n", cut).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(gate("incidents: [{outage: 25s}]\n", cut).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(gate("incidents: [{outage: 29s}]\n", cut).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void of_a_run_without_a_word_from_any_host_nothing_can_be_told() throws ExpectationsException {
        assertThat(gate("incidents: []\n", nothing()).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(gate(expected, nothing()).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void junit_shows_each_expectation_as_a_test_case() throws Exception {
        String failing = expected.replace("outage: 30s", "outage: 5s").replace("state: CLOSED", "dataLoss: 0");

        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(
                        JunitXml.of(gate(failing, killed)).getBytes(StandardCharsets.UTF_8)));

        assertThat(xml.getDocumentElement().getAttribute("tests")).isEqualTo("12");
        assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(12);
        assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(1);
        assertThat(xml.getElementsByTagName("error").getLength()).isEqualTo(1);
    }

    @Test
    void hostile_text_is_text_in_xml() throws Exception {
        GateResult result = new GateResult(
                "e", List.of(new Check("s", "<b>\u0000\u001b[31m", "]]> & \"", Verdict.FAIL, List.of())));

        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(JunitXml.of(result).getBytes(StandardCharsets.UTF_8)));

        assertThat(xml.getElementsByTagName("b").getLength()).isZero();
    }

    @Test
    void the_terminal_shows_what_did_not_hold_with_its_proof() throws ExpectationsException {
        String text = new TextGate(100, false)
                .render(gate(expected.replace("cause: HOST_DOWN", "cause: POSTGRES_CRASH"), killed));

        assertThat(text)
                .contains("FAIL         cause POSTGRES_CRASH: HOST_DOWN")
                .contains(".log:");
        assertThat(text.lines()).allMatch(line -> line.length() <= 100);
        assertThat(text).endsWith("in all       FAIL: 11 held, 1 failed, 0 can't be told\n");
    }

    private static GateResult gate(String expectations, Report report) throws ExpectationsException {
        return Gate.of("expect.yaml", ExpectationsFile.read("expect.yaml", expectations), report);
    }

    private static Report nothing() {
        return new Report(
                new Findings(List.of(), List.of(), List.of(), List.of(), List.of(), List.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static Report replay(String lab) throws IOException {
        return new Replay(new Recognizer(Catalog.builtIn()), InputStream.nullInputStream())
                .run(List.of(lab), GivenZones.NONE, ProgressListener.NONE);
    }
}
