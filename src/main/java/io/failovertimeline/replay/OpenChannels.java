package io.failovertimeline.replay;

import io.failovertimeline.decode.Telling;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The records that are open in a joiner, by their channels, as of {@link io.failovertimeline.decode.Skim#channel()}. */
final class OpenChannels {

    private static final int GROUPS = 1 << 12;

    /** How many open records there are in each group of channels: most that are asked for have none. */
    private final int[] openOf = new int[GROUPS];

    private final Map<Telling.Stream, Long> channels = new HashMap<>();
    private final Map<Long, Set<Telling.Stream>> streams = new HashMap<>();

    void add(Telling.Stream stream, long channel) {
        remove(stream);
        channels.put(stream, channel);
        openOf[group(channel)]++;
        streams.computeIfAbsent(channel, unused -> new HashSet<>()).add(stream);
    }

    void remove(Telling.Stream stream) {
        @Nullable Long channel = channels.remove(stream);
        if (channel != null) {
            openOf[group(channel)]--;
            streams.computeIfPresent(channel, (same, open) -> {
                open.remove(stream);
                return open.isEmpty() ? null : open;
            });
        }
    }

    /** Calls {@code action} with the stream of each open record of {@code channel}; it may remove them. */
    void each(long channel, Consumer<Telling.Stream> action) {
        if (openOf[group(channel)] == 0) {
            return;
        }
        @Nullable Set<Telling.Stream> open = streams.get(channel);
        if (open != null) {
            List.copyOf(open).forEach(action);
        }
    }

    private static int group(long channel) {
        return (int) (channel >>> 1) & (GROUPS - 1);
    }
}
