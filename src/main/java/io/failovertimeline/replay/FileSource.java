package io.failovertimeline.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** A file, opened anew each time. */
record FileSource(Path path) implements Input.Source {

    @Override
    public byte[] firstBytes(int bytes) throws IOException {
        try (InputStream stream = all(ProgressListener.NONE)) {
            return new StreamSource(stream).firstBytes(bytes);
        }
    }

    @Override
    public InputStream head(int bytes) throws IOException {
        return all(ProgressListener.NONE);
    }

    @Override
    public InputStream all(ProgressListener progress) throws IOException {
        return Packing.unpacked(new ObservedStream(Files.newInputStream(path), progress));
    }

    @Override
    public OptionalLong size() throws IOException {
        return OptionalLong.of(Files.size(path));
    }
}
