package io.failovertimeline.publish;

import static java.util.stream.Collectors.joining;

import io.failovertimeline.model.ClientImpact;
import io.failovertimeline.model.ClientOutage;
import io.failovertimeline.model.ErrorKind;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.RtoVerdict;
import io.failovertimeline.model.SentIn;
import io.failovertimeline.publish.Page.Ink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What clients felt of an incident.
 *
 * @param clientsMeasured whether any input shows what clients felt
 */
record TextClients(Incident incident, boolean clientsMeasured, TextTime time) {

    /** The answers: how long they were out and how many requests failed, and whether that is within the target. */
    void writeAnswersTo(Page page) {
        page.labelled("clients", Optional.of(Ink.BOLD), felt());
        incident.recoveryTarget().ifPresent(target -> incident.rto().ifPresent(verdict -> rto(page, target, verdict)));
    }

    private String felt() {
        List<ClientImpact> impact = incident.clientImpact();
        List<String> sentences = new ArrayList<>();
        if (impact.isEmpty()) {
            sentences.add(
                    clientsMeasured
                            ? "not one failed request belongs to this incident"
                            : "unknown: no load result was recognized in the inputs");
        } else {
            ClientImpact worst = impact.stream()
                    .max(Comparator.comparing(ClientImpact::outage))
                    .orElseThrow();
            String until = worst.servedAgainAt().isPresent() ? "out for up to " : "out for ";
            String open = worst.servedAgainAt().isPresent() ? "" : " and more: not served again in this input";
            sentences.add(until + TextTime.span(worst.outage()) + open + " (" + endpoint(worst) + ")");
            sentences.add(failed(impact));
        }
        waited(ClientOutage::brownOut, "served slowly or in part").ifPresent(sentences::add);
        if (impact.isEmpty()) {
            waited(ClientOutage::outage, "stood still without failures").ifPresent(sentences::add);
        }
        return String.join("; ", sentences);
    }

    private Optional<String> waited(Function<ClientOutage, Duration> how, String words) {
        return incident.clientOutages().stream()
                .filter(outage ->
                        outage.endpoint().isPresent() && !how.apply(outage).isZero())
                .max(Comparator.comparing(how))
                .map(worst -> words + " for up to " + TextTime.span(how.apply(worst)) + " (" + endpoint(worst) + ")");
    }

    /** Side by side for each generator: two that ran at once may have measured the same outage twice. */
    private static String failed(List<ClientImpact> impact) {
        Map<String, List<ClientImpact>> byGenerator = byGenerator(impact);
        if (byGenerator.size() == 1) {
            return failedOf(impact) + " requests failed meanwhile"
                    + kinds(impact).map(kinds -> ": " + kinds).orElse("");
        }
        return byGenerator.entrySet().stream()
                        .map(own -> own.getKey() + " " + failedOf(own.getValue())
                                + kinds(own.getValue())
                                        .map(kinds -> " (" + kinds + ")")
                                        .orElse(""))
                        .collect(joining(", "))
                + " requests failed meanwhile";
    }

    private static Map<String, List<ClientImpact>> byGenerator(List<ClientImpact> impact) {
        Map<String, List<ClientImpact>> byGenerator = new TreeMap<>();
        impact.forEach(felt -> byGenerator
                .computeIfAbsent(felt.generator(), generator -> new ArrayList<>())
                .add(felt));
        return byGenerator;
    }

    private static String failedOf(List<ClientImpact> own) {
        return own.stream().mapToLong(ClientImpact::failedRequests).sum() + " of "
                + own.stream().mapToLong(ClientImpact::requests).sum();
    }

    /** {@code 120 refused, 22 timed out}; empty if nothing tells. */
    private static Optional<String> kinds(List<ClientImpact> own) {
        SortedMap<ErrorKind, Long> sums = new TreeMap<>();
        own.forEach(felt -> felt.errorKinds().forEach((kind, count) -> sums.merge(kind, count, Long::sum)));
        return Optional.of(words(sums)).filter(text -> !text.isEmpty());
    }

    /** {@code 120 refused, 22 timed out}: the most first. */
    static String words(SortedMap<ErrorKind, Long> kinds) {
        return kinds.entrySet().stream()
                .sorted(Map.Entry.<ErrorKind, Long>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(kind -> kind.getValue() + " " + kind.getKey().words())
                .collect(joining(", "));
    }

    private void rto(Page page, Duration target, RtoVerdict verdict) {
        Optional<ClientOutage> worst = overall().stream().max(Comparator.comparing(ClientOutage::outage));
        String measured = worst.map(outage -> TextTime.span(outage.outage()) + (outage.over() ? "" : " and more") + " ("
                        + outage.generator() + ", all endpoints)")
                .orElse("no request was seen meanwhile");
        String goal = " within " + TextTime.span(target) + ": ";
        switch (verdict) {
            case MET -> page.labelled("RTO", Optional.empty(), "met" + goal + measured);
            case MISSED ->
                page.labelled(
                        "RTO", Optional.of(Ink.RED), "MISSED, not" + goal + measured + "; over it: " + over(target));
            case UNKNOWN -> page.labelled("RTO", Optional.of(Ink.YELLOW), "unknown whether" + goal + measured);
        }
    }

    private List<ClientOutage> overall() {
        return incident.clientOutages().stream()
                .filter(outage -> outage.endpoint().isEmpty())
                .toList();
    }

    private String over(Duration target) {
        List<String> endpoints = incident.clientOutages().stream()
                .filter(outage -> outage.endpoint().isPresent() && outage.against(target) == RtoVerdict.MISSED)
                .sorted(Comparator.comparing(ClientOutage::outage).reversed())
                .map(outage -> endpoint(outage) + " " + TextTime.span(outage.outage()))
                .toList();
        if (endpoints.isEmpty()) {
            return "no endpoint by itself";
        }
        int shown = Math.min(3, endpoints.size());
        return String.join(", ", endpoints.subList(0, shown))
                + (endpoints.size() > shown ? " and " + (endpoints.size() - shown) + " more" : "");
    }

    private static String endpoint(ClientImpact impact) {
        return impact.generator() + " " + impact.endpoint();
    }

    private static String endpoint(ClientOutage outage) {
        return outage.generator()
                + outage.endpoint().map(endpoint -> " " + endpoint).orElse("");
    }

    /** The failures by endpoint, and by the phase in which they were sent. */
    void writeTableTo(Page page) {
        if (incident.clientImpact().isEmpty()) {
            return;
        }
        page.section("What clients felt");
        page.table(
                List.of("endpoint", "first failure", "last failure", "outage", "failed", "served again"),
                incident.clientImpact().stream()
                        .map(felt -> List.of(
                                endpoint(felt),
                                near(felt.firstFailureAt()),
                                near(felt.lastFailureAt()),
                                TextTime.span(felt.outage()),
                                felt.failedRequests() + " of " + felt.requests(),
                                felt.servedAgainAt().map(this::near).orElse("not seen")))
                        .toList(),
                List.of(3, 4));
        bySending().ifPresent(page::prose);
    }

    private Optional<String> bySending() {
        Map<String, List<ClientImpact>> byGenerator = byGenerator(incident.clientImpact());
        String sent = byGenerator.entrySet().stream()
                .map(own -> (byGenerator.size() == 1 ? "" : own.getKey() + ": ") + bySending(own.getValue()))
                .collect(joining("; "));
        return Optional.of("Failed requests were sent: " + sent + ".")
                .filter(text -> !incident.phases().isEmpty()
                        && incident.clientImpact().stream()
                                .anyMatch(felt -> !felt.failedBySending().isEmpty()));
    }

    private static String bySending(Collection<ClientImpact> own) {
        SortedMap<SentIn, Long> sums = new TreeMap<>();
        own.forEach(felt -> felt.failedBySending().forEach((part, count) -> sums.merge(part, count, Long::sum)));
        return sums.entrySet().stream()
                .map(part -> part.getValue() + " " + words(part.getKey()))
                .collect(joining(", "));
    }

    private static String words(SentIn part) {
        return switch (part) {
            case BEFORE -> "before";
            case AFTER -> "after the last phase";
            case NO_PHASE -> "in no phase";
            case DETECTION, ELECTION, PROMOTION, RECOVERY, REJOIN ->
                "in " + part.name().toLowerCase(Locale.ROOT);
        };
    }

    private String near(Instant at) {
        return time.clockNear(at, incident.startedAt());
    }
}
