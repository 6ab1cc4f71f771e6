package io.failovertimeline.publish;

import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.CauseDetail;
import io.failovertimeline.model.DataLoss;
import io.failovertimeline.model.DualLeaders;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.Lsn;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Step;
import io.failovertimeline.publish.Page.Ink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One incident: the answers first, then the phases, the story with its proof, and what clients felt.
 *
 * @param clientsMeasured whether any input shows what clients felt
 * @param time the clock it is told on
 */
record TextIncident(Incident incident, boolean clientsMeasured, TextTime time, Places places) {

    /** All but the story, for those who have followed it as it happened. */
    void writeSummaryTo(Page page) {
        headline(page);
        answers(page, "");
        phases().writeTo(page);
        clients().writeTableTo(page);
        refusals(page);
    }

    void writeTo(Page page) {
        headline(page);
        writeAnswersTo(page);
        phases().writeTo(page);
        new TextStory(incident, time, places).writeTo(page);
        clients().writeTableTo(page);
        refusals(page);
    }

    /** The answers alone, also for those who lay out the rest themselves and mark the lines that prove the cause. */
    void writeAnswersTo(Page page) {
        answers(page, isProven() ? " (proof: lines marked »)" : "");
    }

    /** What clients felt and who did not take the lock. */
    void writeTablesTo(Page page) {
        clients().writeTableTo(page);
        refusals(page);
    }

    /** Its phases in words. */
    TextPhases phases() {
        return new TextPhases(incident, clientsMeasured, time);
    }

    /** When {@code step} was, as fine as it is known; {@code ~} where its writer's clock was corrected. */
    String clock(Step step) {
        return time.clock(step.at(), step.precision())
                + step.correction().map(correction -> TextStory.CORRECTED).orElse("");
    }

    /** Where a line stands, as short as is clear. */
    String shown(Origin origin) {
        return places.shown(origin);
    }

    /** {@code db2 → db1, timeline 2 → 3}, or {@code replica db2}; what is not known is called so. */
    static String leadership(Incident incident) {
        return Stream.of(leaders(incident), timelines(incident))
                .flatMap(Optional::stream)
                .reduce((leaders, timelines) -> leaders + ", " + timelines)
                .orElse("");
    }

    private static Optional<String> leaders(Incident incident) {
        if (leadershipMoved(incident)) {
            return Optional.of((incident.inStandbyCluster() ? "standby leader " : "")
                    + incident.oldLeader().orElse("unknown") + " → "
                    + incident.newLeader().orElse("unknown"));
        }
        if (incident.kind() == IncidentKind.REPLICA_LOSS) {
            return incident.member().map(member -> "replica " + member);
        }
        String role = incident.inStandbyCluster() ? "standby leader " : "leader ";
        return incident.newLeader().or(incident::oldLeader).map(role::concat);
    }

    private static Optional<String> timelines(Incident incident) {
        Optional<Integer> before = incident.timelineBefore();
        Optional<Integer> after = incident.timelineAfter();
        if (before.isEmpty() && after.isEmpty()) {
            return leadershipMoved(incident) ? Optional.of("timeline unknown") : Optional.empty();
        }
        if (before.equals(after)) {
            return after.map(timeline -> "timeline " + timeline);
        }
        if (!leadershipMoved(incident) && after.isEmpty()) {
            return before.map(timeline -> "timeline " + timeline);
        }
        return Optional.of("timeline " + before.map(String::valueOf).orElse("unknown") + " → "
                + after.map(String::valueOf).orElse("unknown"));
    }

    /** A standby cluster that becomes one of its own keeps its leader. */
    private boolean hasAnotherLeader() {
        return leadershipMoved(incident)
                && incident.newLeader()
                        .filter(leader -> incident.oldLeader().equals(Optional.of(leader)))
                        .isEmpty();
    }

    private static boolean leadershipMoved(Incident incident) {
        return incident.kind() == IncidentKind.FAILOVER || incident.kind() == IncidentKind.SWITCHOVER;
    }

    private TextClients clients() {
        return new TextClients(incident, clientsMeasured, time);
    }

    private boolean isProven() {
        return !incident.cause().evidence().isEmpty();
    }

    private boolean isOpen() {
        return incident.state() == Incident.State.OPEN;
    }

    /** Kind, cluster, leaders and timelines in one line. */
    void headline(Page page) {
        String kind = incident.kind().name();
        String story = Page.printable("  " + incident.cluster() + "  " + leadership(incident));
        String state = isOpen() ? "  NOT OVER" : "";
        String fitted = Page.shortened(story, page.width() - kind.length() - state.length());
        Ink ofKind = incident.kind() == IncidentKind.SWITCHOVER ? Ink.CYAN : Ink.RED;
        page.line(page.ink(ofKind, kind) + page.ink(Ink.BOLD, fitted) + page.ink(Ink.RED, state));
    }

    private void answers(Page page, String proof) {
        page.labelled("began", Optional.empty(), began());
        took().ifPresent(took -> page.labelled("took", Optional.empty(), took));
        notOver().ifPresent(why -> page.labelled("not over", Optional.of(Ink.RED), why));
        clients().writeAnswersTo(page);
        page.labelled("cause", Optional.empty(), cause() + proof);
        new TextAlternatives(incident, places).writeTo(page);
        incident.dangers().forEach(danger -> page.labelled("danger", Optional.of(Ink.RED), danger.explanation()));
        boolean hasMoved = hasAnotherLeader() && !incident.inStandbyCluster();
        if (hasMoved || !incident.dualLeaders().isEmpty()) {
            twoLeaders(page);
        }
        if (hasMoved) {
            boolean isGrave =
                    incident.dataLoss().filter(loss -> loss.atLeast() > 0).isPresent();
            page.labelled(
                    "WAL left",
                    isGrave ? Optional.of(Ink.YELLOW) : Optional.empty(),
                    incident.dataLoss()
                            .map(this::left)
                            .orElse("unknown: no line tells where the old leader's log ended"));
        }
        String who = incident.kind() == IncidentKind.REPLICA_LOSS ? "replica" : "old leader";
        rejoined().ifPresent(saying -> page.labelled(who, Optional.empty(), saying));
    }

    private String began() {
        Instant began = incident.startedAt();
        String when = time.dateAndClock(began) + " " + time.offset(began);
        return (incident.startedInferred() ? "about " : "") + when + ", as are all times of this incident"
                + (incident.startedInferred() ? "; the old leader's next round was due then and did not come" : "");
    }

    /** What is missing to call it over. */
    private Optional<String> notOver() {
        if (!isOpen()) {
            return Optional.empty();
        }
        boolean clientsWait = incident.clientImpact().stream()
                .anyMatch(felt -> felt.servedAgainAt().isEmpty());
        return Optional.of(
                clientsWait
                        ? "no request is seen to succeed after those that failed"
                        : switch (incident.kind()) {
                            case FAILOVER, SWITCHOVER -> "no line shows the new leader at work";
                            case LEADER_RESTART, LEADERLESS, DCS_OUTAGE -> "no line shows the leader back at work";
                            case REPLICA_LOSS -> "no line shows the replica back";
                            case DEGRADATION -> "no line of the leader comes after the last sign of it";
                            case CLIENT_ERRORS -> "no request is seen to succeed after those that failed";
                        });
    }

    /** From the first symptom until writes were accepted again; in a standby cluster none are, so until the lock was taken. */
    private Optional<String> took() {
        if (incident.inStandbyCluster()) {
            return incident.lockAcquiredAt()
                    .map(at -> TextTime.span(Duration.between(incident.startedAt(), at))
                            + " from the first sign until the standby cluster had a leader; it accepts no writes");
        }
        Optional<Instant> ready = incident.databaseReadyAt().or(incident::databaseReadyNotAfter);
        return ready.map(at -> (incident.databaseReadyAt().isEmpty() ? "≤ " : "")
                + TextTime.span(Duration.between(incident.startedAt(), at))
                + incident.clockError()
                        .map(error -> " ± " + TextTime.span(error))
                        .orElse("")
                + " from the first sign until writes were accepted");
    }

    private String cause() {
        if (incident.cause().code() == CauseCode.UNKNOWN) {
            boolean outside = incident.cause()
                    .detail()
                    .filter(CauseDetail.BALANCER_RESTARTED::equals)
                    .isPresent();
            return (outside ? "outside of the cluster. " : "unknown. ")
                    + incident.cause().explanation();
        }
        String sure =
                String.format(Locale.ROOT, "%.0f %% sure", incident.cause().confidence() * 100);
        return incident.cause().code() + " (" + sure + "). " + incident.cause().explanation();
    }

    private void twoLeaders(Page page) {
        if (incident.dualLeaders().isEmpty()) {
            page.labelled(
                    "two at once",
                    Optional.empty(),
                    "unknown: nothing tells until when the old leader accepted writes");
        }
        for (DualLeaders both : incident.dualLeaders()) {
            String who = String.join(" and ", both.members());
            String when = TextTime.span(Duration.between(both.from(), both.to())) + ", " + near(both.from()) + " → "
                    + near(both.to());
            switch (both.verdict()) {
                case PROVEN ->
                    page.labelled(
                            "two at once", Optional.of(Ink.RED), "YES: " + who + " both accepted writes for " + when);
                case POSSIBLE ->
                    page.labelled(
                            "two at once",
                            Optional.of(Ink.YELLOW),
                            "possible, not proven: " + who + " may both have accepted writes for " + when);
                case EXCLUDED ->
                    page.labelled("two at once", Optional.empty(), "no: " + who + " never accepted writes together");
            }
        }
    }

    private String left(DataLoss loss) {
        String old = incident.oldLeader().orElse("the old leader");
        String span = loss.newLeaderStart().map(Lsn::toString).orElse("?") + " to "
                + loss.oldLeaderEnd().map(Lsn::toString).orElse("?");
        if (loss.atMost().isEmpty()) {
            return "unknown: the new timeline begins at "
                    + loss.newLeaderStart().map(Lsn::toString).orElse("?") + ", and no line tells where the log of "
                    + old + " ended";
        }
        if (!loss.isExact()) {
            return String.format(
                    Locale.ROOT,
                    "at most %,d bytes of %s's log (%s); how many is not told",
                    loss.atMost().get(),
                    old,
                    span);
        }
        return loss.atLeast() == 0
                ? "none: the new leader had all that " + old + " had written"
                : String.format(
                        Locale.ROOT,
                        "%,d bytes of %s's log (%s) were not on the new leader",
                        loss.atLeast(),
                        old,
                        span);
    }

    private Optional<String> rejoined() {
        String who = incident.oldLeader().or(incident::member).orElse("it");
        return incident.rejoinedAt()
                .map(at -> who + " is back as a replica since " + near(at) + ", "
                        + TextTime.span(Duration.between(incident.startedAt(), at)) + " after this began")
                .or(() -> Optional.of(who + " was not seen streaming from the new leader")
                        .filter(saying -> hasAnotherLeader()));
    }

    private void refusals(Page page) {
        if (incident.refusals().isEmpty()) {
            return;
        }
        page.section("Who did not take the lock, and why");
        page.table(
                List.of(),
                incident.refusals().stream()
                        .map(refusal -> List.of(
                                near(refusal.at()), refusal.member(), refusal.reason(), places.shown(refusal.origin())))
                        .toList(),
                List.of());
    }

    private String near(Instant at) {
        return time.clockNear(at, incident.startedAt());
    }
}
