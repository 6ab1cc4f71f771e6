package io.failovertimeline.replay;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that tells how many bytes were read of it. */
final class ObservedStream extends FilterInputStream {

    private final ProgressListener progress;

    ObservedStream(InputStream stream, ProgressListener progress) {
        super(stream);
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        progress.read(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int count = super.read(bytes, from, length);
        progress.read(Math.max(count, 0));
        return count;
    }
}
