package io.failovertimeline.correlate;

import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import java.util.Comparator;

/** What one program wrote to one place in one precision. */
record Sequence(Place place, String program, Precision precision) implements Comparable<Sequence> {

    private static final Comparator<Sequence> ORDER = Comparator.comparing(Sequence::place)
            .thenComparing(Sequence::program)
            .thenComparing(Sequence::precision);

    /** A file, or a partition of a topic. */
    record Place(Origin.Medium medium, String source) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::medium).thenComparing(Place::source);

        static Place of(ClusterEvent event) {
            return new Place(event.origin().medium(), event.origin().source());
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    static Sequence of(ClusterEvent event) {
        String rule = event.rule();
        return new Sequence(Place.of(event), rule.substring(0, rule.indexOf('.') + 1), event.precision());
    }

    @Override
    public int compareTo(Sequence other) {
        return ORDER.compare(this, other);
    }
}
