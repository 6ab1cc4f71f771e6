package io.failovertimeline.replay;

import io.failovertimeline.decode.Framing;
import io.failovertimeline.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The readable texts among the files, folders and streams that were given, and one problem for each that is none. Only the first
 * bytes of a file are read for that, except of files with the same size: the same content counts once.
 */
public final class Inputs {

    private static final String STANDARD_INPUT = "-";

    private final List<Input> inputs = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final SameContent seen = new SameContent();

    private Inputs() {}

    /**
     * Opens {@code paths} in their order; folders with all they hold, sorted by name, without hidden files.
     *
     * @param paths files, folders, {@code -}
     * @param standardInput what {@code -} stands for
     * @throws NoSuchInput if a path does not exist; names all such
     */
    public static Inputs open(List<String> paths, InputStream standardInput) throws NoSuchInput {
        List<String> missing = paths.stream().filter(path -> !exists(path)).toList();
        if (!missing.isEmpty()) {
            throw new NoSuchInput(missing);
        }
        Inputs inputs = new Inputs();
        List<Folder.Entry> files = new ArrayList<>();
        for (String path : paths) {
            if (path.equals(STANDARD_INPUT)) {
                inputs.add(files);
                inputs.stream(STANDARD_INPUT, standardInput);
            } else if (Files.isDirectory(Path.of(path))) {
                files.addAll(Folder.of(path, inputs.problems::add));
            } else {
                files.add(new Folder.Entry(Path.of(path), path, path));
            }
        }
        inputs.add(files);
        return inputs;
    }

    private static boolean exists(String path) {
        try {
            return path.equals(STANDARD_INPUT) || Files.exists(Path.of(path));
        } catch (InvalidPathException noPath) {
            return false;
        }
    }

    /** Adds files, which are taken out of the list; a name that two folders share is told apart by the folders. */
    private void add(List<Folder.Entry> files) {
        Map<String, Integer> names = new HashMap<>();
        files.forEach(file -> names.merge(file.name(), 1, Integer::sum));
        for (Folder.Entry file : files) {
            add(file.path(), names.getOrDefault(file.name(), 0) > 1 ? file.asTyped() : file.name());
        }
        files.clear();
    }

    private void add(Path path, String name) {
        try {
            if (!Files.isRegularFile(path)) {
                stream(name, Files.newInputStream(path)); // a named pipe, such as a shell's <(…)
                return;
            }
            FileSource source = new FileSource(path);
            byte[] head = source.firstBytes(Content.HEAD);
            Optional<Problem> problem = flaw(name, head);
            Optional<String> same = problem.isEmpty() ? seen.sameAs(path, name) : Optional.empty();
            if (problem.isPresent()) {
                problems.add(problem.get());
            } else if (same.isPresent()) {
                problems.add(new Problem(name, "has the same content as " + same.get() + "; counted once", ""));
            } else {
                Instant date = Files.getLastModifiedTime(path).toInstant();
                inputs.add(new Input(name, Optional.of(date), source, Framing.of(head)));
            }
        } catch (IOException why) {
            problems.add(Unreadable.closed(name, why));
        }
    }

    private void stream(String name, InputStream packed) {
        try {
            StreamSource source = new StreamSource(Packing.unpacked(packed));
            byte[] head = source.firstBytes(Content.HEAD);
            Optional<Problem> problem = flaw(name, head);
            if (problem.isPresent()) {
                problems.add(problem.get());
            } else {
                inputs.add(new Input(name, Optional.empty(), source, Framing.of(head)));
            }
        } catch (IOException why) {
            problems.add(Unreadable.closed(name, why));
        }
    }

    /** Why an input that begins with {@code head} can't be used; empty if it can, if only for a part. */
    private static Optional<Problem> flaw(String name, byte[] head) {
        Content content = Content.of(head);
        return content.what().isEmpty()
                ? Optional.empty()
                : Optional.of(new Problem(name, content.what(), content.advice()));
    }

    /** What can be read, in the order given. */
    public List<Input> inputs() {
        return List.copyOf(inputs);
    }

    /** What can't, and why. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }
}
