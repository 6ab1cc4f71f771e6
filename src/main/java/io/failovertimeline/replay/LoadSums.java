package io.failovertimeline.replay;

import io.failovertimeline.decode.load.EndpointNames;
import io.failovertimeline.model.LatencySketch;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.LoadSum;
import io.failovertimeline.model.RequestView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the requests of one generator by endpoint and second, in bounded memory: of more names than {@link #mostNames()} those last by
 * alphabet are one endpoint, {@value #OTHERS}. What comes of it is the same for any order of the requests.
 */
final class LoadSums {

    /** What stands for the endpoints that were too many. */
    static final String OTHERS = "(other endpoints)";

    /** Names that are kept apart in any case. */
    private static final int LEAST_NAMES = 1;

    private final Room room;

    private final TreeMap<String, Series> byName = new TreeMap<>();
    private final Map<String, Series> quick = new HashMap<>();
    private final BySecond<Boolean> seconds = new BySecond<>();
    private @Nullable Series others;

    /** What the sums of all generators of a run may take together. */
    static final class Room {

        /** Sums that there may be. */
        private static final int MOST_SUMS = 500_000;

        private final List<LoadSums> all = new ArrayList<>();
        private int seconds;

        /** One more second of a generator; each keeps fewer names apart, the more there are. */
        private void take() {
            int before = names();
            seconds++;
            if (names() < before) {
                all.forEach(LoadSums::fold);
            }
        }

        private int names() {
            return Math.max(LEAST_NAMES, Math.min(EndpointNames.MOST, MOST_SUMS / Math.max(1, seconds)));
        }
    }

    /** Of the only generator. */
    LoadSums() {
        this(new Room());
    }

    /** Takes its part of {@code room}. */
    LoadSums(Room room) {
        this.room = room;
        room.all.add(this);
    }

    /** The sums of one endpoint, by second since 1970. */
    private static final class Series {
        private final BySecond<LoadSum> bySecond = new BySecond<>();
        private long lastSecond = Long.MIN_VALUE;
        private LoadSum last = new LoadSum();
        private final OpenLatencies even = new OpenLatencies();
        private final OpenLatencies odd = new OpenLatencies();

        /** Whether it is the first of its second. */
        private boolean add(RequestView request) {
            boolean isFirst = request.startSecond() != lastSecond && goTo(request.startSecond());
            last.add(request);
            if (!request.failed() && request.timed() && !last.keepsFirst(request)) {
                // requests are told in the order of their ends: those of two seconds come mixed
                ((lastSecond & 1) == 0 ? even : odd).add(request, last);
            }
            return isFirst;
        }

        private boolean goTo(long second) {
            @Nullable LoadSum known = bySecond.get(second);
            last = known == null ? new LoadSum() : known;
            lastSecond = second;
            if (known == null) {
                bySecond.put(second, last);
            }
            return known == null;
        }

        private void add(Series other) {
            other.settle();
            other.bySecond.forEach((second, sum) -> {
                @Nullable LoadSum known = bySecond.get(second);
                LoadSum whole = known == null ? new LoadSum() : known;
                whole.add(sum);
                bySecond.put(second, whole);
            });
        }

        private void settle() {
            even.settle();
            odd.settle();
            bySecond.forEach((second, sum) -> sum.keep(even.sketch));
        }
    }

    /** Latencies of one second that are still being added up: as a sum keeps them they take less memory, and more time. */
    private static final class OpenLatencies {
        private final LatencySketch sketch = new LatencySketch();
        private @Nullable LoadSum of;

        private void add(RequestView request, LoadSum sum) {
            if (of != sum) {
                settle();
                of = sum;
            }
            sketch.add(request.latencyNanos(), request.count());
        }

        private void settle() {
            if (of != null) {
                of.keep(sketch);
            }
        }
    }

    void add(RequestView request) {
        if (series(request.endpoint()).add(request) && seconds.put(request.startSecond(), true)) {
            room.take();
        }
    }

    private Series series(String name) {
        @Nullable Series known = quick.get(name);
        if (known != null) {
            return known;
        }
        if (byName.size() >= mostNames() && name.compareTo(byName.lastKey()) > 0) {
            return others();
        }
        Series added = new Series();
        byName.put(name, added);
        quick.put(name, added);
        fold();
        return added;
    }

    private Series others() {
        if (others == null) {
            others = new Series();
        }
        return others;
    }

    /** How many names are kept apart: fewer, the more seconds there are, of all generators. */
    private int mostNames() {
        return room.names();
    }

    private void fold() {
        while (byName.size() > mostNames()) {
            Map.Entry<String, Series> last = byName.lastEntry();
            byName.remove(last.getKey());
            quick.remove(last.getKey());
            others().add(last.getValue());
        }
    }

    /** Whether there were more names than are kept apart. */
    boolean hasOthers() {
        return others != null;
    }

    /** Hands over all sums, and forgets them one endpoint after the other. */
    void drain(String cluster, String generator, Consumer<LoadBucket> to) {
        while (!byName.isEmpty()) {
            Map.Entry<String, Series> first = byName.firstEntry();
            byName.remove(first.getKey());
            quick.remove(first.getKey());
            drain(first.getValue(), cluster, generator, first.getKey(), to);
        }
        if (others != null) {
            drain(others, cluster, generator, OTHERS, to);
        }
    }

    private static void drain(
            Series series, String cluster, String generator, String endpoint, Consumer<LoadBucket> to) {
        series.settle();
        series.bySecond.forEach((second, sum) -> to.accept(sum.bucket(cluster, generator, endpoint, second)));
        series.bySecond.clear();
    }
}
