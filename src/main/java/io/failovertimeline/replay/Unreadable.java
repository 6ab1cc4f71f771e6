package io.failovertimeline.replay;

import io.failovertimeline.model.Problem;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Says in plain words why an input can't be used. */
final class Unreadable {

    private Unreadable() {}

    /** An input that could not be opened. */
    static Problem closed(String name, IOException why) {
        if (why instanceof AccessDeniedException) {
            return new Problem(name, "can't be read: permission denied", "Run as a user who may read it, or copy it.");
        }
        if (why instanceof NoSuchFileException) {
            return new Problem(name, "is a link to a file that does not exist", "Give the file itself.");
        }
        if (why instanceof FileSystemLoopException) {
            return new Problem(name, "is a link back to one of its own folders; skipped", "");
        }
        return new Problem(name, "can't be read: " + reason(why), "Check the file, or copy it anew.");
    }

    /** An input that breaks off after {@code lines} lines. */
    static Problem broken(String name, long lines, IOException why) {
        boolean isCut = why instanceof EOFException || reason(why).contains("Truncated");
        String what = isCut ? "ends early, as if cut off" : "can't be read any further: " + reason(why);
        return new Problem(
                name + ":" + (lines + 1), what + "; the " + lines + " lines before count", "Copy the file anew.");
    }

    private static String reason(IOException why) {
        return Optional.ofNullable(why.getMessage()).orElse(why.getClass().getSimpleName());
    }
}
