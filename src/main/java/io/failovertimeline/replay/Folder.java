package io.failovertimeline.replay;

import io.failovertimeline.model.Problem;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Finds the files in a folder and the folders in it. Links are followed, hidden files and folders left out. */
final class Folder extends SimpleFileVisitor<Path> {

    /**
     * A file to read.
     *
     * @param name as reports show it
     * @param asTyped the same with the folder in front, as the user typed it
     */
    record Entry(Path path, String name, String asTyped) {}

    private final Path root;
    private final String typed;
    private final Consumer<Problem> problems;
    private final List<Entry> files = new ArrayList<>();

    private Folder(String typed, Consumer<Problem> problems) {
        this.root = Path.of(typed);
        this.typed = typed.endsWith("/") ? typed : typed + "/";
        this.problems = problems;
    }

    /** The files under {@code typed}, sorted by name. */
    static List<Entry> of(String typed, Consumer<Problem> problems) {
        Folder folder = new Folder(typed, problems);
        try {
            Files.walkFileTree(folder.root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, folder);
        } catch (IOException why) {
            problems.accept(Unreadable.closed(typed, why));
        }
        folder.files.sort(Comparator.comparing(Entry::name));
        return folder.files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return !folder.equals(root) && isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        boolean mayBeText = attributes.isRegularFile() || attributes.isSymbolicLink();
        if (mayBeText && !isHidden(file)) {
            files.add(new Entry(file, name(file), typed + name(file)));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException why) {
        problems.accept(Unreadable.closed(name(file), why));
        return FileVisitResult.CONTINUE;
    }

    private static boolean isHidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }

    private String name(Path file) {
        return StreamSupport.stream(root.relativize(file).spliterator(), false)
                .map(Path::toString)
                .collect(Collectors.joining("/"));
    }
}
