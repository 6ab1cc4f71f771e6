package io.failovertimeline.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * Has processors write what they only remember before each commit of its task. A store without content: Kafka Streams has its caches write at that
 * moment, and tells nobody else of it. What is written must not go to a store that is cached itself.
 */
final class AtCommit implements StateStore, CachedStateStore<byte[], byte[]> {

    private final String name;
    private final List<Runnable> writes = new ArrayList<>();
    private boolean isOpen;

    private AtCommit(String name) {
        this.name = name;
    }

    /** From now on {@code action} is run before each commit. */
    void write(Runnable action) {
        writes.add(action);
    }

    @Override
    public void flushCache() {
        writes.forEach(Runnable::run);
    }

    @Override
    public void flush() {
        // nothing is written to disk
    }

    @Override
    public void clearCache() {
        // what was remembered goes with its processors
        writes.clear();
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        // its processors, which are the same after an aborted transaction, begin anew, too
        writes.clear();
        context.register(root, (key, value) -> {});
        isOpen = true;
    }

    @Override
    public void close() {
        isOpen = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    /** Makes one for each task. */
    record Builder(String name) implements StoreBuilder<AtCommit> {
        @Override
        public AtCommit build() {
            return new AtCommit(name);
        }

        @Override
        public StoreBuilder<AtCommit> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<AtCommit> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<AtCommit> withLoggingEnabled(Map<String, String> config) {
            return this;
        }

        @Override
        public StoreBuilder<AtCommit> withLoggingDisabled() {
            return this;
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }
    }
}
