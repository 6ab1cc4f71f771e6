package io.failovertimeline.deliver;

import io.failovertimeline.alert.AlertRecord;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** One partition of the alerts: from where on its changes are to be delivered, and what fires by those that were. */
final class Share {

    /** Stands beside an offset that was committed while what fires at it was not told yet. */
    private static final String BEGINS = "begins";

    private final long liveFrom;
    private final boolean isNew;
    private final Map<String, AlertRecord> firing = new TreeMap<>();
    private boolean isRead;

    private Share(long liveFrom, boolean isNew) {
        this.liveFrom = liveFrom;
        this.isNew = isNew;
    }

    /**
     * A partition of which nothing is read yet.
     *
     * @param committed where it was left; empty if it was never taken before, then it begins at {@code end}
     */
    static Share of(Optional<OffsetAndMetadata> committed, long end) {
        return committed
                .map(left -> new Share(left.offset(), left.metadata().equals(BEGINS)))
                .orElseGet(() -> new Share(end, true));
    }

    /** To be committed before anything is delivered, so that a beginning is found again where it was. */
    OffsetAndMetadata begin() {
        return new OffsetAndMetadata(liveFrom, isNew ? BEGINS : "");
    }

    /** To be committed when all that fires at the beginning is told. */
    OffsetAndMetadata begun() {
        return new OffsetAndMetadata(liveFrom);
    }

    long liveFrom() {
        return liveFrom;
    }

    /** Whether what stands at {@code offset} was delivered, or was over before anybody was told. */
    boolean isPast(long offset) {
        return offset < liveFrom;
    }

    /** Whether all of the past is read, so that it is known what fires. */
    boolean isRead() {
        return isRead;
    }

    /** The same, when what stands before {@code position} is read. */
    boolean isReadAt(long position) {
        isRead = position >= liveFrom;
        return isRead;
    }

    /** What is to be told before any change is. */
    List<AlertRecord> firstToTell() {
        return isNew ? List.copyOf(firing.values()) : List.of();
    }

    void remember(AlertRecord alert) {
        if (alert.isFiring()) {
            firing.put(alert.fingerprint(), alert);
        } else {
            firing.remove(alert.fingerprint());
        }
    }

    /** All that fires. */
    Collection<AlertRecord> firing() {
        return List.copyOf(firing.values());
    }

    /** What fires of one story. */
    List<AlertRecord> firing(String group) {
        return firing.values().stream()
                .filter(alert -> alert.group().equals(group))
                .toList();
    }
}
