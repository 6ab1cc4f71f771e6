package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.Writer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Names of programs and units whose lines are of other components than the name says, such as a container's. They are found while
 * lines are decoded, and told to a {@link Skimmer}, which may run in another thread. A bounded number.
 */
public final class Suspects {

    private static final int MOST = 256;

    private volatile Set<String> names = Set.of();

    /** Those that are known now; the same object as long as none is added. */
    public Set<String> names() {
        return names;
    }

    /** A line was decoded; only to be called by one thread. */
    public void heard(Decoded.Line line) {
        heard(line.place().channel(), line.line().component());
    }

    /** A line of {@code component} came from what {@code channel} names; only to be called by one thread. */
    public void heard(Writer channel, Component component) {
        boolean isSuspect = Skim.isOfDatabase(component) && !Skim.isOfDatabase(Programs.component(channel));
        if (isSuspect) {
            Stream.of(channel.program(), channel.unit())
                    .flatMap(Optional::stream)
                    .forEach(this::add);
        }
    }

    private void add(String name) {
        if (names.size() < MOST && !names.contains(name)) {
            Set<String> more = new HashSet<>(names);
            more.add(name);
            names = Set.copyOf(more);
        }
    }
}
