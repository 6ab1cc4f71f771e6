package io.failovertimeline.stream;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which seconds of one cluster's load are to be told: those near an incident, when it comes near them and whenever they have grown. */
final class NearbyLoad {

    private final Map<String, LoadWindow> windows = new HashMap<>();
    private final NavigableSet<Instant> untold = new TreeSet<>();

    /** More is known of {@code second}. */
    void grew(Instant second) {
        if (isNear(second)) {
            untold.add(second);
        }
    }

    private boolean isNear(Instant second) {
        return windows.values().stream().anyMatch(window -> window.holds(second));
    }

    /**
     * More or less is near an incident as it stands now.
     *
     * @param seconds of which something is known, within a window
     */
    void moved(String id, Published incident, Function<LoadWindow, Stream<Instant>> seconds) {
        if (incident.withdrawn()) {
            windows.remove(id);
            return;
        }
        LoadWindow now = LoadWindow.of(incident.incident());
        @Nullable LoadWindow before = windows.put(id, now);
        if (before == null || !before.holds(now.from()) || !before.holds(now.to())) {
            seconds.apply(now)
                    .filter(second -> before == null || !before.holds(second))
                    .forEach(untold::add);
        }
    }

    /** The seconds to be told, in order; they count as told from now on. */
    List<Instant> news() {
        List<Instant> news = untold.stream().filter(this::isNear).toList();
        untold.clear();
        return news;
    }
}
