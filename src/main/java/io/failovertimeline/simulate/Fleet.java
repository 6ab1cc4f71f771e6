package io.failovertimeline.simulate;

import io.failovertimeline.ingest.IngestRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Random;

/** The records of a fleet in the order of their event time, made as they are asked for. */
public final class Fleet implements Iterator<IngestRecord> {

    private static final Duration LOOP_WAIT = Duration.ofSeconds(10);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FleetPlan plan;
    private final Random random;
    private final SimulatedCluster[] clusters;
    private final PriorityQueue<Turn> turns =
            new PriorityQueue<>(Comparator.comparing(Turn::at).thenComparing(Turn::number));
    private final Deque<IngestRecord> ready = new ArrayDeque<>();
    private long numbers;

    /** Something that is due. */
    private record Turn(Instant at, long number, Act act) {}

    /** What is done then. */
    @FunctionalInterface
    interface Act {
        void at(Instant instant);
    }

    /** The fleet that does what {@code plan} says. */
    public Fleet(FleetPlan plan) {
        this.plan = plan;
        this.random = new Random(plan.seed());
        this.clusters = new SimulatedCluster[plan.clusters()];
        for (int number = 0; number < clusters.length; number++) {
            SimulatedCluster cluster = new SimulatedCluster("cluster-" + number, this);
            clusters[number] = cluster;
            for (int member = 0; member < SimulatedCluster.MEMBERS; member++) {
                int its = member;
                every(LOOP_WAIT, millisWithin(LOOP_WAIT), at -> cluster.heartbeat(its, at, plan.noise()));
            }
            if (plan.requests() > 0) {
                every(SECOND.dividedBy(plan.requests()), millisWithin(SECOND), cluster::request);
            }
        }
        every(plan.failoverEvery(), plan.failoverEvery(), at -> {
            SimulatedCluster any = clusters[random.nextInt(clusters.length)];
            if (any.isSettled()) {
                any.failOver(at);
            }
        });
        refill();
    }

    private Duration millisWithin(Duration span) {
        return Duration.ofMillis(random.nextLong(span.toMillis()));
    }

    private void every(Duration period, Duration first, Act act) {
        Act again = new Act() {
            @Override
            public void at(Instant instant) {
                act.at(instant);
                in(period, instant, this);
            }
        };
        in(first, plan.begin(), again);
    }

    /** Has {@code act} done {@code later} than {@code now}, unless the plan ends before. */
    void in(Duration later, Instant now, Act act) {
        Instant at = now.plus(later);
        if (at.isBefore(plan.end())) {
            turns.add(new Turn(at, numbers++, act));
        }
    }

    /** Takes a record that was written now. */
    void write(IngestRecord record) {
        ready.add(record);
    }

    /** A number from 0 up to, not including, {@code bound}. */
    int chance(int bound) {
        return random.nextInt(bound);
    }

    private void refill() {
        while (ready.isEmpty() && !turns.isEmpty()) {
            Turn turn = turns.poll();
            turn.act().at(turn.at());
        }
    }

    @Override
    public boolean hasNext() {
        return !ready.isEmpty();
    }

    @Override
    public IngestRecord next() {
        if (ready.isEmpty()) {
            throw new NoSuchElementException();
        }
        IngestRecord record = ready.remove();
        refill();
        return record;
    }
}
