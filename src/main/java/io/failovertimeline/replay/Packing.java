package io.failovertimeline.replay;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.zip.GZIPInputStream;

/** Unpacks gzip and zstd, known by their first bytes and not by a file's name. */
final class Packing {

    private static final int BUFFER = 1 << 16;
    private static final int MAGIC = 4;

    private Packing() {}

    /**
     * Tells that bytes are available unless there are none left. GZIPInputStream asks that to find out whether another member
     * follows, and a pipe has none available while its writer is at work.
     */
    static final class Lookahead extends BufferedInputStream {

        Lookahead(InputStream stream, int size) {
            super(stream, size);
        }

        /** As {@link Arriving#comes}; true for all other streams. */
        synchronized boolean comes(Duration most) throws IOException {
            return super.available() > 0 || !(in instanceof Arriving arriving) || arriving.comes(most);
        }

        @Override
        public synchronized int available() throws IOException {
            int ready = super.available();
            if (ready > 0) {
                return ready;
            }
            mark(1);
            int next = read();
            reset();
            return next < 0 ? 0 : 1;
        }
    }

    /** What {@code stream} holds, unpacked if it is packed. The stream is closed if that fails. */
    static InputStream unpacked(InputStream stream) throws IOException {
        BufferedInputStream buffered = new Lookahead(stream, BUFFER);
        try {
            buffered.mark(MAGIC);
            byte[] magic = buffered.readNBytes(MAGIC);
            buffered.reset();
            return switch (Content.of(magic)) {
                case GZIP -> new GZIPInputStream(buffered, BUFFER);
                case ZSTD -> new ZstdInputStream(buffered);
                default -> buffered;
            };
        } catch (IOException why) {
            buffered.close();
            throw why;
        }
    }
}
