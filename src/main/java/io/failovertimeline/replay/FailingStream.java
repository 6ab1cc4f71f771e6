package io.failovertimeline.replay;

import java.io.IOException;
import java.io.InputStream;

/** A stream that could not be opened, or not be read to its end: it says so when it is read. */
final class FailingStream extends InputStream {

    private final IOException why;

    FailingStream(IOException why) {
        this.why = why;
    }

    @Override
    public int read() throws IOException {
        throw why;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        throw why;
    }
}
