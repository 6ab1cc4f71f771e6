package io.failovertimeline.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.model.ErrorKind;
import io.failovertimeline.model.LatencySketch;
import io.failovertimeline.model.LoadBucket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Requests by second, as plots are drawn from them. */
public final class LoadPlots {

    private final SortedMap<LoadSecond.Plot, List<LoadSecond>> plots = new TreeMap<>();

    /** Of seconds in any order, none of which comes twice. */
    public LoadPlots(Iterable<LoadSecond> seconds) {
        seconds.forEach(second ->
                plots.computeIfAbsent(second.plot(), none -> new ArrayList<>()).add(second));
        plots.values().forEach(all -> all.sort(Comparator.comparing(LoadSecond::second)));
    }

    static LoadPlots of(Collection<LoadBucket> buckets) {
        LatencySketch scratch = new LatencySketch();
        return new LoadPlots(
                buckets.stream().map(bucket -> LoadSecond.of(bucket, scratch)).toList());
    }

    /** An object for each plot, with an array for each quantity. A second in which no request was sent is left out. */
    public ArrayNode json() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        plots.forEach((plot, seconds) -> write(plot, seconds, all.addObject()));
        return all;
    }

    /**
     * The same of at most {@value Thinning#MOST_PLOTS} plots, those that felt most, with at most about so many points in all. Where a plot
     * has more, {@code thinned} says what was kept.
     *
     * @param isNear whether a second is of more interest than the others: there all are kept while there is room
     */
    public ArrayNode json(int points, Predicate<LoadSecond> isNear) {
        List<Map.Entry<LoadSecond.Plot, List<LoadSecond>>> shown = plots.entrySet().stream()
                .sorted(Comparator.comparing(
                        (Map.Entry<LoadSecond.Plot, List<LoadSecond>> plot) -> failed(plot.getValue()),
                        Comparator.reverseOrder()))
                .limit(Thinning.MOST_PLOTS)
                .sorted(Map.Entry.comparingByKey())
                .toList();
        boolean fits = shown.stream().mapToInt(plot -> plot.getValue().size()).sum() <= points;
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        shown.forEach(plot -> {
            ObjectNode json = all.addObject();
            Optional<Thinning> thinned =
                    fits ? Optional.empty() : Thinning.of(plot.getValue(), isNear, points / shown.size());
            write(plot.getKey(), thinned.map(Thinning::kept).orElse(plot.getValue()), json);
            thinned.ifPresent(its -> json.putObject("thinned")
                    .put("everySeconds", its.everySeconds())
                    .put("nearIncidents", its.everySecondsNear()));
        });
        return all;
    }

    /** How many plots there are. */
    public int size() {
        return plots.size();
    }

    private static long failed(List<LoadSecond> seconds) {
        return seconds.stream().mapToLong(LoadSecond::failed).sum();
    }

    private static void write(LoadSecond.Plot plot, List<LoadSecond> seconds, ObjectNode json) {
        Instant from = seconds.get(0).second();
        json.put("cluster", plot.cluster());
        json.put("generator", plot.generator());
        json.put("endpoint", plot.endpoint());
        json.put("from", from.toString());
        ArrayNode offsets = json.putArray("second");
        ArrayNode requests = json.putArray("requests");
        ArrayNode failed = json.putArray("failedRequests");
        ArrayNode median = json.putArray("servedMedianMs");
        ArrayNode p99 = json.putArray("servedP99Ms");
        ArrayNode slowest = json.putArray("slowestMs");
        for (LoadSecond second : seconds) {
            offsets.add(second.second().getEpochSecond() - from.getEpochSecond());
            requests.add(second.requests());
            failed.add(second.failed());
            second.median().ifPresentOrElse(median::add, median::addNull);
            second.p99().ifPresentOrElse(p99::add, p99::addNull);
            slowest.add(second.slowest());
        }
        ObjectNode failedByKind = json.putObject("failedByKind");
        for (ErrorKind kind : ErrorKind.values()) {
            if (seconds.stream().anyMatch(second -> second.failedByKind().containsKey(kind))) {
                ArrayNode counts = failedByKind.putArray(kind.name());
                seconds.forEach(second -> counts.add(second.failedByKind().getOrDefault(kind, 0L)));
            }
        }
    }
}
