package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.correlate.Correlator;
import io.failovertimeline.model.AlternativeCause;
import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.DataLoss;
import io.failovertimeline.model.DualLeaders;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.Incident;
import io.failovertimeline.model.IncidentKind;
import io.failovertimeline.model.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who has only a part of a lab's logs is told less, and nothing else. */
class PartsOfLabsTest {

    /** Two programs tell the same moment no further apart. */
    private static final Duration SAME_MOMENT = Duration.ofMillis(1200);

    private static final Set<IncidentKind> MOVED = EnumSet.of(IncidentKind.FAILOVER, IncidentKind.SWITCHOVER);

    static Stream<Path> labs() throws IOException {
        return Lab.all().stream();
    }

    @ParameterizedTest
    @MethodSource("labs")
    void a_part_of_the_logs_contradicts_nothing_that_all_of_them_tell(Path lab) throws IOException {
        List<Evidence> all = List.copyOf(Lab.evidence(lab));
        List<Incident> whole = Correlator.findings(all).incidents();

        assertAgree("PostgreSQL's", whole, all, event -> event.from(Component.POSTGRESQL));
        assertAgree("Patroni's", whole, all, event -> event.from(Component.PATRONI));
        assertAgree("without load", whole, all, event -> true);
        for (String host : hosts(all)) {
            assertAgree(host + "'s", whole, all, event -> event.host()
                    .filter(host::equals)
                    .isPresent());
        }
    }

    private static void assertAgree(
            String part, List<Incident> whole, List<Evidence> all, Predicate<ClusterEvent> isThere) {
        List<Evidence> left = all.stream()
                .filter(piece -> piece.match(isThere::test, mark -> false, settings -> true, bucket -> false))
                .toList();
        for (Incident told : Correlator.findings(left).incidents()) {
            Optional<Incident> same = whole.stream()
                    .filter(incident -> overlap(incident, told))
                    .min(Comparator.comparing((Incident incident) -> !sameLeaders(incident, told))
                            .thenComparing(incident -> Duration.between(incident.startedAt(), told.startedAt())
                                    .abs()));

            assertThat(same).as(part + ": " + told).isPresent();
            assertAgree(part, same.orElseThrow(), told);
        }
    }

    private static void assertAgree(String part, Incident whole, Incident told) {
        String of = part + " " + told.kind() + " at " + told.startedAt();
        assertThat(MOVED.contains(told.kind())).as(of + " moves the lead").isEqualTo(MOVED.contains(whole.kind()));
        assertSame(of, whole, told, Incident::oldLeader);
        assertSame(of, whole, told, Incident::newLeader);
        assertSame(of, whole, told, Incident::member);
        assertSame(of, whole, told, Incident::timelineBefore);
        assertSame(of, whole, told, Incident::timelineAfter);
        assertClose(of, whole, told, Incident::lockAcquiredAt);
        assertClose(of, whole, told, Incident::promotedAt);
        assertClose(of, whole, told, Incident::databaseReadyAt);
        whole.databaseReadyAt().flatMap(ready -> told.databaseReadyNotAfter()).ifPresent(bound -> assertThat(bound)
                .as(of)
                .isAfterOrEqualTo(whole.databaseReadyAt().get().minus(SAME_MOMENT)));
        assertCauses(of, whole, told);
        assertThat(whole.dangers().stream().map(danger -> danger.code()))
                .as(of)
                .containsAll(
                        told.dangers().stream().map(danger -> danger.code()).toList());
        assertThat(verdicts(whole, told)).as(of).doesNotContain("PROVEN EXCLUDED", "EXCLUDED PROVEN");
        whole.dataLoss().ifPresent(loss -> told.dataLoss()
                .ifPresent(other -> assertThat(mayBeEqual(loss, other)).as(of).isTrue()));
    }

    /** A cause that is less than even odds is a guess, and called one. Who asked for a stop, PostgreSQL's log alone does not tell. */
    private static void assertCauses(String of, Incident whole, Incident told) {
        CauseCode code = told.cause().code();
        CauseCode truth = whole.cause().code();
        boolean isStop = code == CauseCode.CLEAN_SHUTDOWN && truth == CauseCode.OPERATOR_REQUEST;
        if (told.cause().confidence() > 0.5 && truth != CauseCode.UNKNOWN && !isStop) {
            assertThat(code).as(of).isEqualTo(truth);
        }
        assertThat(excluded(told)).as(of).doesNotContain(truth);
    }

    private static List<CauseCode> excluded(Incident incident) {
        return incident.cause().alternatives().stream()
                .filter(other -> other.verdict() == AlternativeCause.Verdict.EXCLUDED)
                .map(AlternativeCause::code)
                .toList();
    }

    private static List<String> verdicts(Incident whole, Incident told) {
        return whole.dualLeaders().stream()
                .map(DualLeaders::verdict)
                .flatMap(one -> told.dualLeaders().stream().map(other -> one + " " + other.verdict()))
                .toList();
    }

    private static boolean mayBeEqual(DataLoss one, DataLoss other) {
        return one.atLeast() <= other.atMost().orElse(Long.MAX_VALUE)
                && other.atLeast() <= one.atMost().orElse(Long.MAX_VALUE);
    }

    private static void assertSame(
            String of, Incident whole, Incident told, Function<Incident, Optional<?>> statement) {
        if (statement.apply(whole).isPresent() && statement.apply(told).isPresent()) {
            assertThat(statement.apply(told)).as(of).isEqualTo(statement.apply(whole));
        }
    }

    private static void assertClose(
            String of, Incident whole, Incident told, Function<Incident, Optional<Instant>> moment) {
        moment.apply(whole).ifPresent(truth -> moment.apply(told)
                .ifPresent(at ->
                        assertThat(Duration.between(truth, at).abs()).as(of).isLessThanOrEqualTo(SAME_MOMENT)));
    }

    private static boolean sameLeaders(Incident one, Incident other) {
        return one.oldLeader().equals(other.oldLeader()) && one.newLeader().equals(other.newLeader());
    }

    private static boolean overlap(Incident one, Incident other) {
        return !one.startedAt().minus(SAME_MOMENT).isAfter(end(other))
                && !other.startedAt().minus(SAME_MOMENT).isAfter(end(one));
    }

    private static Instant end(Incident incident) {
        return Stream.concat(
                        incident.events().stream().map(Step::at),
                        incident.clientImpact().stream().map(impact -> impact.lastFailureAt()))
                .max(Comparator.naturalOrder())
                .orElse(incident.startedAt());
    }

    private static Set<String> hosts(List<Evidence> all) {
        Set<String> hosts = new TreeSet<>();
        all.forEach(piece -> piece.match(
                event -> event.host().map(hosts::add),
                mark -> Optional.empty(),
                settings -> Optional.empty(),
                bucket -> Optional.empty()));
        return hosts;
    }
}
