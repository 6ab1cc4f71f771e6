package io.failovertimeline.correlate;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.EventKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What one host wrote, in the order of its own clock, and whom it took for the leader. */
final class HostView {

    private final Clock clock;
    private final List<Entry> entries;
    private final List<Change> changes = new ArrayList<>();

    /**
     * A host that named one leader names another.
     *
     * @param last the last line that names {@code from}
     * @param first the first line that names {@code to}
     */
    record Change(String from, String to, Entry last, Entry first) {}

    /** Of {@code entries} of one host in order. */
    HostView(Clock clock, List<Entry> entries) {
        this.clock = clock;
        this.entries = entries;
        Optional<Entry> last = Optional.empty();
        for (Entry entry : entries) {
            Optional<String> named = named(entry);
            if (named.isPresent()) {
                Optional<String> before = last.flatMap(HostView::named);
                if (before.isPresent() && !before.equals(named)) {
                    changes.add(new Change(before.get(), named.get(), last.orElseThrow(), entry));
                }
                last = Optional.of(entry);
            }
        }
    }

    /** Whom a line of Patroni shows to lead. */
    // PostgreSQL's stamps may be coarser than Patroni's, so only the order of Patroni's own lines is sure.
    static Optional<String> named(Entry entry) {
        if (!entry.from(Component.PATRONI)) {
            return Optional.empty();
        }
        return entry.provesAny(EventKind.LOCK_ACQUIRED, EventKind.PROMOTED)
                ? entry.writer()
                : entry.leader().filter(leader -> entry.proves(EventKind.HEARTBEAT));
    }

    Clock clock() {
        return clock;
    }

    boolean isOf(String member) {
        return entries.get(0).by(member);
    }

    /** In order. */
    List<Change> changes() {
        return changes;
    }

    /** Whom the host named last before {@code instant}. */
    Optional<String> leaderAt(Instant instant) {
        return entries.stream()
                .filter(entry -> !entry.at().isAfter(instant))
                .flatMap(entry -> named(entry).stream())
                .reduce((earlier, later) -> later);
    }

    Stream<Entry> stream() {
        return entries.stream();
    }

    /** Entries that were certainly, or by a coarse stamp may have been, written from {@code from} to {@code to}. */
    Stream<Entry> during(Instant from, Instant to) {
        return entries.stream()
                .filter(entry -> entry.mayBeLaterThan(from) && !entry.at().isAfter(to));
    }

    Optional<Entry> first(Instant from, Instant to, Predicate<Entry> condition) {
        return during(from, to).filter(condition).findFirst();
    }
}
