package io.failovertimeline.publish;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** A file of the page, as it is shipped in {@code web/}. */
public final class WebResource {

    private WebResource() {}

    /**
     * Its text.
     *
     * @param name of the file
     * @throws IllegalStateException if there is none of that name
     */
    public static String text(String name) {
        try (InputStream file = WebResource.class.getResourceAsStream("/web/" + name)) {
            if (file == null) {
                throw new IllegalStateException("no classpath resource /web/" + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("classpath resource /web/" + name + " can't be read", broken);
        }
    }

    /** {@code 'sha256-…'}, as a Content-Security-Policy names what stands in a page. */
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
