package io.failovertimeline.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentBuilder;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Report;
import io.failovertimeline.model.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T18:14:01Z");
    private static final Pattern SCRIPT = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL);
    private static final Pattern POLICY = Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"");

    @Test
    void the_same_report_gives_the_same_bytes() {
        Report report = SampleReports.failoverInAWriteUp();

        assertThat(HtmlReport.render(report)).isEqualTo(HtmlReport.render(report));
    }

    @Test
    void only_its_own_scripts_may_run() {
        String page = HtmlReport.render(SampleReports.failoverInAWriteUp());

        String policy = POLICY.matcher(page).results().findFirst().orElseThrow().group(1);
        List<String> scripts =
                SCRIPT.matcher(page).results().map(script -> script.group(1)).toList();
        assertThat(policy).startsWith("default-src 'none'").doesNotContain("unsafe", "http:", "https:", "*");
        assertThat(scripts).isNotEmpty().allSatisfy(script -> assertThat(policy).contains(WebResource.hash(script)));
        assertThat(page).doesNotContain("<script src", "<link rel=\"stylesheet\"");
    }

    @Test
    void a_log_line_can_end_no_element() {
        Report report = report(List.of(step("</script><script>alert(1)</script><!-- \u2028")));

        String page = HtmlReport.render(report);

        assertThat(page).doesNotContain("</script><script>alert(1)").contains("\\u003c/script>\\u003cscript>alert(1)");
    }

    @Test
    void a_huge_report_stays_small_and_says_what_is_left_out() {
        String long_ = "x".repeat(20_000);
        Report report =
                report(IntStream.range(0, 200).mapToObj(i -> step(i + long_)).toList());

        String page = HtmlReport.render(report);

        assertThat(page.length()).isLessThan(2_000_000);
        assertThat(page).contains("0xxx");
    }

    @Test
    void nothing_is_fetched_from_elsewhere() {
        Matcher addresses = Pattern.compile("(?:src|href)=\"(?!data:|#)([^\"]+)\"")
                .matcher(HtmlReport.render(SampleReports.failoverInAWriteUp())
                        .replaceAll("(?s)<script.*?</script>", ""));

        assertThat(addresses.results()).isEmpty();
    }

    private static Step step(String text) {
        return new Step(BEGIN, Precision.MILLIS, EventKind.PROMOTED, Optional.of("db1"), text, Origin.line("a.log", 1));
    }

    private static Report report(List<Step> steps) {
        Incident incident = new IncidentBuilder("batman-1", "batman", IncidentKind.FAILOVER, BEGIN)
                .story(steps, List.of())
                .build();
        return new Report(
                new Findings(List.of(incident), List.of(), List.of(), List.of(), List.of(), List.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
