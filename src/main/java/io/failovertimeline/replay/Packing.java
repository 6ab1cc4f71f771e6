package io.failovertimeline.replay;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Unpacks gzip and zstd, known by their first bytes and not by a file's name. */
final class Packing {

    private static final int BUFFER = 1 << 16;
    private static final int MAGIC = 4;

    private Packing() {}

    /** What {@code stream} holds, unpacked if it is packed. The stream is closed if that fails. */
    static InputStream unpacked(InputStream stream) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(stream, BUFFER);
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
