package io.failovertimeline.publish;

import static java.util.stream.Collectors.joining;

import io.failovertimeline.model.BySettings;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.Phase;
import io.failovertimeline.model.PhaseName;
import io.failovertimeline.publish.Page.Ink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The phases of an incident as bars on one scale, and which of them can't be told. */
record TextPhases(Incident incident, boolean clientsMeasured, TextTime time) {

    private static final int DURATION_WIDTH = 10;
    private static final int END_WIDTH = 28;
    private static final int LEAST_BAR = 16;

    void writeTo(Page page) {
        List<String> untold = untold();
        if (incident.phases().isEmpty() && untold.isEmpty()) {
            return;
        }
        page.section("Phases");
        int nameWidth = incident.phases().stream()
                .mapToInt(phase -> name(phase).length())
                .max()
                .orElse(0);
        int fixed = 2 + nameWidth + 2 + TextTime.CLOCK_WIDTH + DURATION_WIDTH + 2;
        boolean roomForEndings = page.width() - fixed >= LEAST_BAR + 2 + END_WIDTH;
        int barWidth = page.width() - fixed - (roomForEndings ? 2 + END_WIDTH : 0);
        for (Phase phase : incident.phases()) {
            page.line("  " + Page.pad(name(phase), nameWidth)
                    + "  " + Page.pad(time.clock(phase.from()), TextTime.CLOCK_WIDTH)
                    + Page.padLeft(took(phase), DURATION_WIDTH)
                    + "  " + page.ink(Ink.CYAN, bar(phase, barWidth))
                    + (roomForEndings ? "  " + page.ink(Ink.DIM, ending(phase)) : ""));
            phase.bySettings().ifPresent(settings -> bySettings(page, settings, nameWidth));
        }
        untold.forEach(page::prose);
    }

    /** Such as {@code by settings 15.7 s to 16.7 s: ttl 20 s less 4.3 s since the last renewal}. */
    private static void bySettings(Page page, BySettings settings, int nameWidth) {
        Ink ink = settings.verdict() == BySettings.Verdict.WITHIN ? Ink.DIM : Ink.YELLOW;
        int indent = 2 + nameWidth + 2;
        String text = Page.printable(words(settings));
        page.line(" ".repeat(indent) + page.ink(ink, Page.shortened(text, page.width() - indent)));
    }

    /** How the phase compares with its bounds by the settings, and why they are so. */
    static String words(BySettings settings) {
        String verdict =
                switch (settings.verdict()) {
                    case WITHIN -> "by settings ";
                    case SHORTER -> "SHORTER than by settings, ";
                    case LONGER -> "LONGER than by settings, ";
                };
        return verdict + bounds(settings) + ": " + because(settings);
    }

    /** {@code ttl 20 s less 4.3 s since the last renewal}. */
    static String because(BySettings settings) {
        return settings.shares().stream()
                .map(BySettings.Share::explanation)
                .filter(text -> !text.isEmpty())
                .collect(joining("; "));
    }

    /** {@code 15.7 s to 16.7 s}, or {@code at most 12.0 s}. */
    static String bounds(BySettings settings) {
        return settings.atLeast().isZero()
                ? "at most " + TextTime.span(settings.atMost())
                : TextTime.span(settings.atLeast()) + " to " + TextTime.span(settings.atMost());
    }

    /** {@code 15.2 s}, or {@code ≤ 2.36 s} where its end is only bounded. */
    static String took(Phase phase) {
        return (phase.upperBound() ? "≤ " : "") + TextTime.span(phase.duration());
    }

    /** {@code election}, or {@code detection–promotion} where they can't be told apart. */
    static String name(Phase phase) {
        String first = phase.name().name().toLowerCase(Locale.ROOT);
        String last = phase.through().name().toLowerCase(Locale.ROOT);
        return first.equals(last) ? first : first + "–" + last;
    }

    /** Where the phase lies on the scale. A rejoin can take hours and would leave nothing to see of the rest: it has no bar. */
    private String bar(Phase phase, int barWidth) {
        List<Phase> scaled =
                incident.phases().stream().filter(TextPhases::hasBar).toList();
        if (!hasBar(phase)) {
            return " ".repeat(barWidth);
        }
        Instant from = scaled.get(0).from();
        long scale = Math.max(
                1, Duration.between(from, scaled.get(scaled.size() - 1).to()).toMillis());
        int start = cells(from, phase.from(), scale, barWidth - 1);
        int end = Math.max(start + 1, cells(from, phase.to(), scale, barWidth));
        return " ".repeat(start) + "█".repeat(end - start) + " ".repeat(barWidth - end);
    }

    private static int cells(Instant from, Instant to, long scale, int width) {
        return (int)
                Math.min(width, Math.round((double) Duration.between(from, to).toMillis() * width / scale));
    }

    private static boolean hasBar(Phase phase) {
        return phase.name() != PhaseName.REJOIN;
    }

    /** What ends the phase. */
    String ending(Phase phase) {
        boolean ranOn = incident.kind() == IncidentKind.DCS_OUTAGE && !hasLostLock();
        return switch (phase.through()) {
            case DETECTION ->
                ranOn
                        ? "runs on under failsafe"
                        : "leader lock gone"
                                + (incident.leaderLost()
                                                .filter(Incident.LeaderLost::inferred)
                                                .isPresent()
                                        ? " (inferred)"
                                        : "");
            case ELECTION ->
                "lock taken"
                        + incident.newLeader()
                                .map(by -> " by " + Page.shortened(by, 12))
                                .orElse("");
            case PROMOTION -> "writes accepted";
            case RECOVERY -> ranOn ? "the DCS is back" : "clients served";
            case REJOIN -> whoLeft() + " is a replica";
        };
    }

    private boolean hasLostLock() {
        return incident.leaderLost().isPresent()
                || incident.phases().stream().anyMatch(phase -> phase.through() == PhaseName.PROMOTION);
    }

    private String whoLeft() {
        return incident.member().orElse("old leader");
    }

    /** A sentence for each phase that can't be told. */
    List<String> untold() {
        boolean moved = (incident.kind() == IncidentKind.FAILOVER || incident.kind() == IncidentKind.SWITCHOVER)
                && (incident.newLeader().isEmpty() || !incident.newLeader().equals(incident.oldLeader()));
        List<String> untold = new ArrayList<>();
        for (PhaseName name : PhaseName.values()) {
            boolean told = incident.phases().stream()
                    .anyMatch(phase ->
                            phase.name().compareTo(name) <= 0 && phase.through().compareTo(name) >= 0);
            if (!told && name == PhaseName.REJOIN && incident.rejoinedAt().isPresent()) {
                untold.add("rejoin: " + incident.member().orElse("the old leader")
                        + " was back before clients were served");
            } else if (moved && !told && !(name == PhaseName.PROMOTION && incident.inStandbyCluster())) {
                untold.add(name.name().toLowerCase(Locale.ROOT) + " unknown: " + missing(name));
            }
        }
        return untold;
    }

    private String missing(PhaseName name) {
        return switch (name) {
            case DETECTION -> "no line tells when the leader lock went";
            case ELECTION -> "no line tells when the lock was taken";
            case PROMOTION -> "no line tells when writes were accepted; the new leader's PostgreSQL log would";
            case RECOVERY -> recoveryMissing();
            case REJOIN -> "no line shows the old leader streaming from the new one";
        };
    }

    private String recoveryMissing() {
        if (!clientsMeasured) {
            return "no load result was recognized in the inputs";
        }
        return incident.clientImpact().isEmpty()
                ? "not one failed request belongs to this incident"
                : "clients were not served again before the input ends";
    }
}
