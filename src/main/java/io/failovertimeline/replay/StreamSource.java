package io.failovertimeline.replay;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;

/** A stream that can be read once; what was read of it so far is kept and read again. */
final class StreamSource implements Input.Source {

    private static final int STEP = 1 << 16;

    /** So long one waits for more of a stream that is still being written. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private InputStream rest;

    StreamSource(InputStream unpacked) {
        this.rest = unpacked;
    }

    @Override
    public byte[] firstBytes(int bytes) throws IOException {
        keep(bytes);
        if (kept.size() == 0 && rest instanceof FailingStream) {
            rest.read();
        }
        return Arrays.copyOf(kept.toByteArray(), Math.min(bytes, kept.size()));
    }

    @Override
    public InputStream head(int bytes) {
        keep(bytes);
        return new ByteArrayInputStream(kept.toByteArray()); // without the rest, which who closes the head would close
    }

    private void keep(int bytes) {
        byte[] step = new byte[STEP];
        int read = 0;
        while (kept.size() < bytes && read >= 0 && (kept.size() == 0 || comes())) {
            read = read(step, Math.min(STEP, bytes - kept.size()));
            kept.write(step, 0, Math.max(read, 0));
        }
    }

    private boolean comes() {
        try {
            return !(rest instanceof Packing.Lookahead stream) || stream.comes(SILENCE);
        } catch (IOException why) {
            rest = new FailingStream(why);
            return false;
        }
    }

    /** Reads into {@code step}; what goes wrong goes wrong again for who comes so far. */
    private int read(byte[] step, int length) {
        try {
            return rest.read(step, 0, length);
        } catch (IOException why) {
            rest = new FailingStream(why);
            return -1;
        }
    }

    @Override
    public InputStream all(ProgressListener progress) {
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(kept.toByteArray()), rest);
        return new ObservedStream(whole, progress);
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.empty();
    }
}
