package io.failovertimeline.correlate;

import io.failovertimeline.model.ClockCorrection;
import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An event and who is in it.
 *
 * @param event the event, at the time at which it was, as far as is known
 * @param writer the member that wrote it
 * @param peer the other member it is about
 * @param leader the member it shows to hold the leader key, or to be primary
 * @param correction that its writer's clock was off, so that the event's time is not what was written; empty if it is
 */
record Entry(
        ClusterEvent event,
        Optional<String> writer,
        Optional<String> peer,
        Optional<String> leader,
        Optional<ClockCorrection> correction) {

    /** {@code event}, and who is in it by what {@code members} know. */
    static Entry of(ClusterEvent event, Members members, Optional<ClockCorrection> correction) {
        Optional<String> writer = members.writer(event);
        Optional<String> peer =
                members.peer(event).filter(name -> !Optional.of(name).equals(writer));
        Optional<String> leader = event.field("leader")
                .filter(name -> !name.equals("None"))
                .or(() -> claimsToLead(event) ? writer : Optional.empty());
        return new Entry(event, writer, peer, leader, correction);
    }

    private static boolean claimsToLead(ClusterEvent event) {
        return event.proves(EventKind.HEARTBEAT)
                && event.field("role").filter(role -> role.endsWith("leader")).isPresent();
    }

    /** The same line as {@code clocks} correct it. */
    Entry on(Clocks clocks) {
        Optional<ClockCorrection> moved =
                clocks.correction(event).map(its -> correction.map(its::after).orElse(its));
        return new Entry(clocks.corrected(event), writer, peer, leader, moved.or(() -> correction));
    }

    /** How far its time may be wrong because clocks are. */
    Duration clockError() {
        return correction.map(ClockCorrection::plusMinus).orElse(Duration.ZERO);
    }

    Instant at() {
        return event.at();
    }

    /** Whether the line may have been written later than {@code instant}, though its stamp is not. */
    boolean mayBeLaterThan(Instant instant) {
        return event.precision().endOf(at()).isAfter(instant);
    }

    boolean proves(EventKind kind) {
        return event.proves(kind);
    }

    boolean provesAny(EventKind... kinds) {
        for (EventKind kind : kinds) {
            if (proves(kind)) {
                return true;
            }
        }
        return false;
    }

    boolean from(Component component) {
        return event.from(component);
    }

    boolean says(String rule) {
        return event.rule().equals(rule);
    }

    boolean has(String field, String value) {
        return event.field(field).filter(value::equals).isPresent();
    }

    boolean by(String member) {
        return writer.filter(member::equals).isPresent();
    }

    boolean about(String member) {
        return peer.filter(member::equals).isPresent();
    }

    /** Whether the writer says of itself that it leads. */
    boolean leading() {
        return leader.isPresent() && leader.equals(writer);
    }

    /** Whether it says the same of the same, at whatever time. */
    boolean saysTheSameAs(Entry other) {
        return says(other.event.rule()) && withoutRun().equals(other.withoutRun());
    }

    private Map<String, String> withoutRun() {
        Map<String, String> fields = new TreeMap<>(event.fields());
        fields.remove(ClusterEvent.RUN);
        return fields;
    }

    /** Since when its writer had said the same in every round; its own time if that is not known. */
    Instant since() {
        return event.field(ClusterEvent.RUN)
                .map(Duration::parse)
                .map(at()::minus)
                .orElse(at());
    }

    Optional<Integer> timeline() {
        return event.field("timeline").flatMap(Entry::number);
    }

    private static Optional<Integer> number(String digits) {
        return digits.matches("\\d{1,9}") ? Optional.of(Integer.parseInt(digits)) : Optional.empty();
    }

    Step step() {
        return new Step(
                event.at(),
                event.precision(),
                event.kind(),
                writer.or(this::peer),
                event.text(),
                event.origin(),
                correction);
    }
}
