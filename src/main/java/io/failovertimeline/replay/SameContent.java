package io.failovertimeline.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Remembers files and notices those with equal bytes: by size first, by SHA-256 only where sizes are equal. */
final class SameContent {

    private record Known(Path path, String name) {}

    private final Map<Long, List<Known>> bySize = new HashMap<>();
    private final Map<Path, String> digests = new HashMap<>();

    /** The name of an earlier file with the same bytes as {@code path}; if there is none, remembers it as {@code name}. */
    Optional<String> sameAs(Path path, String name) throws IOException {
        List<Known> sameSize = bySize.computeIfAbsent(Files.size(path), size -> new ArrayList<>());
        for (Known known : sameSize) {
            if (digest(known.path()).equals(digest(path))) {
                return Optional.of(known.name());
            }
        }
        sameSize.add(new Known(path, name));
        return Optional.empty();
    }

    private String digest(Path path) throws IOException {
        String known = digests.get(path);
        if (known != null) {
            return known;
        }
        MessageDigest sha256 = sha256();
        byte[] step = new byte[1 << 16];
        try (InputStream stream = Files.newInputStream(path)) {
            for (int read = stream.read(step); read >= 0; read = stream.read(step)) {
                sha256.update(step, 0, read);
            }
        }
        String digest = HexFormat.of().formatHex(sha256.digest());
        digests.put(path, digest);
        return digest;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
