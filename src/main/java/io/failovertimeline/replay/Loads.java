package io.failovertimeline.replay;

import io.failovertimeline.correlate.EvidenceSet;
import io.failovertimeline.decode.load.EndpointNames;
import io.failovertimeline.model.EndpointBasis;
import io.failovertimeline.model.EndpointSummary;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The requests of a run, added up by generator, endpoint and second, until all inputs are read. */
final class Loads {

    private record Key(String cluster, String generator) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::cluster).thenComparing(Key::generator);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private record Named(String generator, String endpoint) {}

    private final TreeMap<Key, LoadSums> sums = new TreeMap<>();
    private final LoadSums.Room room = new LoadSums.Room();
    private final Map<Named, EndpointNames.Named> names = new HashMap<>();
    private final List<EndpointSummary> summaries = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    /** Where the requests of {@code generator} to {@code cluster} are added up. */
    LoadSums sums(String cluster, String generator) {
        return sums.computeIfAbsent(new Key(cluster, generator), key -> new LoadSums(room));
    }

    /** Sums that are {@link #put} here later. */
    LoadSums apart() {
        return new LoadSums(room);
    }

    /** Takes what was added up elsewhere, of a generator of its own. */
    void put(String cluster, String generator, LoadSums its) {
        sums.put(new Key(cluster, generator), its);
    }

    /** Notes how requests of {@code generator} were named. */
    void named(String generator, EndpointNames by) {
        by.seen()
                .forEach((endpoint, named) ->
                        names.merge(new Named(generator, endpoint), named, (a, b) -> a.compareTo(b) <= 0 ? a : b));
    }

    /** Hands all over to {@code evidence}, once. */
    void into(EvidenceSet evidence) {
        while (!sums.isEmpty()) {
            Map.Entry<Key, LoadSums> first = sums.firstEntry();
            sums.remove(first.getKey());
            Key key = first.getKey();
            Map<String, Total> totals = new TreeMap<>();
            if (first.getValue().hasOthers()) {
                problems.add(new Problem(
                        key.generator(),
                        "names more endpoints than are told apart; the last by name are one, " + LoadSums.OTHERS,
                        "name them by patterns: --endpoints FILE"));
            }
            first.getValue().drain(key.cluster(), key.generator(), bucket -> {
                totals.computeIfAbsent(bucket.endpoint(), endpoint -> new Total())
                        .add(bucket);
                evidence.add(bucket);
            });
            totals.forEach((endpoint, total) -> summaries.add(summary(key, endpoint, total)));
        }
    }

    private EndpointSummary summary(Key key, String endpoint, Total total) {
        Optional<EndpointNames.Named> named = Optional.ofNullable(names.get(new Named(key.generator(), endpoint)));
        return new EndpointSummary(
                key.cluster(),
                key.generator(),
                endpoint,
                endpoint.equals(LoadSums.OTHERS)
                        ? Optional.of(EndpointBasis.OVERFLOW)
                        : named.map(EndpointNames.Named::basis),
                named.map(EndpointNames.Named::example)
                        .filter(example -> !example.isEmpty() && !example.equals(endpoint)),
                total.begin,
                total.end,
                total.requests,
                total.failed,
                Optional.ofNullable(total.firstFailure),
                Optional.ofNullable(total.lastFailure));
    }

    /** By cluster, generator and endpoint, once all was handed over. */
    List<EndpointSummary> summaries() {
        return summaries;
    }

    /** What could not be told apart. */
    List<Problem> problems() {
        return problems;
    }

    private static final class Total {
        private Instant begin = Instant.MAX;
        private Instant end = Instant.MIN;
        private long requests;
        private long failed;
        private @Nullable Instant firstFailure;
        private @Nullable Instant lastFailure;

        private void add(LoadBucket bucket) {
            Instant over = bucket.second().plusSeconds(1);
            begin = bucket.second().isBefore(begin) ? bucket.second() : begin;
            end = over.isAfter(end) ? over : end;
            requests += bucket.requests();
            failed += bucket.failed();
            Instant first = bucket.firstFailure().orElse(null);
            Instant last = bucket.lastFailure().orElse(null);
            firstFailure =
                    firstFailure == null || (first != null && first.isBefore(firstFailure)) ? first : firstFailure;
            lastFailure = lastFailure == null || (last != null && last.isAfter(lastFailure)) ? last : lastFailure;
        }
    }
}
