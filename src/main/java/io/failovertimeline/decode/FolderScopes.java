package io.failovertimeline.decode;

import java.util.Collection;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which clusters the inputs of a folder, and of those within it, name. */
final class FolderScopes {

    private final TreeMap<String, NavigableSet<String>> byFolder = new TreeMap<>();

    FolderScopes(Collection<SourceNotes> notes) {
        notes.forEach(source -> {
            Collection<String> scopes = source.state().clusters().keySet();
            Optional<String> folder = parent(source.source()).filter(unused -> !scopes.isEmpty());
            while (folder.isPresent()) {
                byFolder.computeIfAbsent(folder.get(), unused -> new TreeSet<>())
                        .addAll(scopes);
                folder = parent(folder.get());
            }
        });
    }

    /** The only cluster that is named in the folder of {@code source}, or else in the next above where any is. */
    Optional<String> of(String source) {
        Optional<String> folder = parent(source);
        while (folder.isPresent() && !byFolder.containsKey(folder.get())) {
            folder = parent(folder.get());
        }
        return folder.map(byFolder::get).filter(scopes -> scopes.size() == 1).map(NavigableSet::first);
    }

    private static Optional<String> parent(String path) {
        int end = path.replace('\\', '/').lastIndexOf('/');
        return end < 0 ? Optional.empty() : Optional.of(path.substring(0, end));
    }
}
