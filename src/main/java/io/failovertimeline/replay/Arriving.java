package io.failovertimeline.replay;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose writer may still be at work, such as a pipe: another thread reads it, so that one can see whether anything comes. A
 * survey of it looks at what there is when nothing has come for a second, instead of waiting for more.
 */
public final class Arriving extends InputStream {

    private static final int BLOCK = 1 << 16;
    private static final int BLOCKS = 16;

    private final BlockingQueue<Block> blocks = new ArrayBlockingQueue<>(BLOCKS);
    private final InputStream stream;
    private Block block = new Block(new byte[0], null);
    /** Of the block; -1 at the end. */
    private int next;

    private boolean isReading;

    /** Bytes that came together; none at the end, and why it is the end if that is not because all was read. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Block(byte[] bytes, @Nullable IOException failure) {

        boolean isEnd() {
            return bytes.length == 0;
        }
    }

    /** Reads {@code stream}, from when on it is first asked for. */
    public Arriving(InputStream stream) {
        this.stream = stream;
    }

    /** Waits until there are bytes to read, or no more will come; false if neither is so after {@code most}. */
    boolean comes(Duration most) throws IOException {
        return next != block.bytes().length || take(most);
    }

    private boolean take(Duration most) throws IOException {
        begin();
        try {
            Block taken = blocks.poll(most.toMillis(), TimeUnit.MILLISECONDS);
            if (taken != null) {
                block = taken;
                next = taken.isEnd() ? -1 : 0;
            }
            return taken != null;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for input", stopped);
        }
    }

    private void begin() {
        if (!isReading) {
            isReading = true;
            Thread reader = new Thread(this::readAll, "arriving");
            reader.setDaemon(true);
            reader.start();
        }
    }

    private void readAll() {
        try {
            Block came;
            do {
                came = read(stream);
                blocks.put(came);
            } while (!came.isEnd());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static Block read(InputStream stream) {
        try {
            byte[] bytes = new byte[BLOCK];
            int count = stream.read(bytes, 0, bytes.length);
            return new Block(count < 0 ? new byte[0] : Arrays.copyOf(bytes, count), null);
        } catch (IOException failed) {
            return new Block(new byte[0], failed);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        while (!comes(Duration.ofDays(1))) {
            Thread.onSpinWait();
        }
        if (block.isEnd()) {
            if (block.failure() != null) {
                throw block.failure();
            }
            return -1;
        }
        int count = Math.min(length, block.bytes().length - next);
        System.arraycopy(block.bytes(), next, bytes, from, count);
        next += count;
        return count;
    }

    @Override
    public int available() {
        return Math.max(0, block.bytes().length - next);
    }
}
