package io.failovertimeline.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file, opened anew each time. */
record FileSource(Path path) implements Input.Source {

    @Override
    public byte[] firstBytes(int bytes) throws IOException {
        try (InputStream stream = all()) {
            return new StreamSource(stream).firstBytes(bytes);
        }
    }

    @Override
    public InputStream head(int bytes) throws IOException {
        return all();
    }

    @Override
    public InputStream all() throws IOException {
        return Packing.unpacked(Files.newInputStream(path));
    }
}
