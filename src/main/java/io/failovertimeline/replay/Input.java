package io.failovertimeline.replay;

import io.failovertimeline.decode.Framing;
import io.failovertimeline.decode.Skimmer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** One readable text, unpacked where it was packed. It can be read twice: its head for a survey, then the whole. */
public final class Input {

    /** Where the bytes come from, unpacked. */
    interface Source {

        /**
         * The first {@code bytes} bytes, or fewer if there are no more or no more can be read.
         *
         * @throws IOException if none can be read
         */
        byte[] firstBytes(int bytes) throws IOException;

        /** A stream that has at least the first {@code bytes} bytes. */
        InputStream head(int bytes) throws IOException;

        /** All bytes, those of the head again; {@code progress} is told what is read of them as they are stored. */
        InputStream all(ProgressListener progress) throws IOException;

        /** Bytes as they are stored; empty for a stream. */
        OptionalLong size() throws IOException;
    }

    private final String name;
    private final Optional<Instant> fileDate;
    private final Source source;
    private final Framing framing;
    private final boolean isInOrder;

    Input(String name, Optional<Instant> fileDate, Source source, Framing framing) {
        this(name, fileDate, source, framing, true);
    }

    private Input(String name, Optional<Instant> fileDate, Source source, Framing framing, boolean isInOrder) {
        this.name = name;
        this.fileDate = fileDate;
        this.source = source;
        this.framing = framing;
        this.isInOrder = isInOrder;
    }

    /**
     * The same, to be read in the journal's order if its head shows that it is an export of a journal in another one. Reads ahead, so of
     * what is still being written it would tell late.
     */
    public Input inOrder() {
        if (framing != Framing.LINES || !isInOrder) {
            return this;
        }
        try (LineReader head = head(SurveyedInputs.HEAD)) {
            return JournalOrder.isMissingIn(head) ? new Input(name, fileDate, source, framing, false) : this;
        } catch (IOException cannotClose) {
            throw new UncheckedIOException(cannotClose);
        }
    }

    /** The path as given, or, in a folder that was given, the path from there; {@code -} for standard input. */
    public String name() {
        return name;
    }

    /** When the file was last written to; empty for a stream. */
    public Optional<Instant> fileDate() {
        return fileDate;
    }

    /**
     * Reads the whole records in the first {@code bytes} bytes. A stream keeps them in memory, and can't be asked after {@link
     * #open()}.
     */
    public LineReader head(int bytes) {
        try {
            return new LineReader(source.head(bytes), name, framing, bytes);
        } catch (IOException why) {
            return new LineReader(new FailingStream(why), name);
        }
    }

    /** Reads all lines, once for a stream. What goes wrong is told by {@link LineReader#problem()}. */
    public LineReader open() {
        return open(ProgressListener.NONE);
    }

    /** Reads all lines as {@link #open()} does, and tells {@code progress} how far it is. */
    LineReader open(ProgressListener progress) {
        try {
            InputStream all = source.all(progress);
            if (isInOrder) {
                return new LineReader(all, name, framing, Long.MAX_VALUE);
            }
            JournalOrder ordered = new JournalOrder(all);
            return new LineReader(ordered, name, framing, Long.MAX_VALUE, ordered);
        } catch (IOException why) {
            return new LineReader(new FailingStream(why), name);
        }
    }

    /**
     * Reads all lines as {@link #open()} does, ahead and in a thread of its own, and tells {@code progress} how far that is.
     *
     * @param skimmer for this input, and for no other thread
     */
    Lines skimmed(Skimmer skimmer, ProgressListener progress) {
        return SkimmedLines.of(open(progress), skimmer);
    }

    /** Bytes as they are stored; none for a stream. */
    long size() {
        try {
            return source.size().orElse(0);
        } catch (IOException unknown) {
            return 0;
        }
    }
}
