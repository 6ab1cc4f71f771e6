package io.failovertimeline.web;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A text that is seldom read and takes little memory meanwhile. */
final class Compressed {

    private final byte[] bytes;

    Compressed(String text) {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(to)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory can't be written to", impossible);
        }
        bytes = to.toByteArray();
    }

    String text() {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException("what was compressed in memory can't be read", impossible);
        }
    }

    /** What it takes of memory. */
    int bytes() {
        return bytes.length;
    }
}
