package io.failovertimeline.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes what a command opened, the last opened first: when the command ends, and also when the process is asked to stop
 * (Ctrl-C, SIGTERM) while it runs.
 */
public final class Closing implements AutoCloseable {

    /** Opens something. */
    @FunctionalInterface
    public interface Opening<T extends AutoCloseable> {
        /** What was opened. */
        T open() throws IOException;
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(Closing.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Thread atShutdown = new Thread(this::stop, "closing");
    private volatile boolean stopping;
    private boolean closed;

    /** Nothing is open yet. */
    public Closing() {
        Runtime.getRuntime().addShutdownHook(atShutdown);
    }

    /**
     * Opens what is to be closed with the others. A process that is asked to stop meanwhile waits until it is open, and then closes
     * it.
     *
     * @throws IllegalStateException if all has been closed
     * @throws UncheckedIOException if opening throws an {@link IOException}
     */
    public synchronized <T extends AutoCloseable> T open(Opening<T> opening) {
        if (closed) {
            throw new IllegalStateException("the process is stopping");
        }
        try {
            T resource = opening.open();
            open.push(resource);
            return resource;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (LinkageError unfinished) {
            // Classes of Kafka register shutdown hooks when they are loaded, which a stopping process refuses.
            throw new IllegalStateException("a class could not be loaded: " + unfinished, unfinished);
        }
    }

    /** Whether all is or will be closed because the process stops, so that failures of what still runs are no news. */
    public boolean isStopping() {
        return stopping;
    }

    @Override
    public void close() {
        closeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException stopping) {
            // The process stops anyway; the hook will find nothing to do.
            LOGGER.debug("closed while stopping");
        }
    }

    private void stop() {
        stopping = true;
        closeAll();
    }

    private synchronized void closeAll() {
        closed = true;
        while (!open.isEmpty()) {
            closeQuietly(open.pop());
        }
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception failed) {
            // The others are to be closed all the same.
            LOGGER.warn("{} did not close: {}", resource.getClass().getSimpleName(), failed.toString());
        }
    }
}
