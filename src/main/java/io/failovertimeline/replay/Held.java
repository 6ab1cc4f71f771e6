package io.failovertimeline.replay;

import io.failovertimeline.decode.Skim;
import io.failovertimeline.model.LineClass;
import java.util.Optional;

/** A line that was skimmed and is known, kept until it is sure that none below belongs to it. Used again for other lines. */
final class Held {

    private byte[] bytes = new byte[256];
    private int length;
    private long channel;
    private long stream;
    private long number;
    private long second;
    private int nano;
    private LineClass what = LineClass.UNKNOWN;
    private Optional<Repeats.Repeat> repeat = Optional.empty();
    private boolean isEmpty = true;
    private final Optional<Held> itself = Optional.of(this);

    /**
     * Takes the place of what was held here.
     *
     * @param known what lines that say the same are; empty if it is only known that it proves nothing
     */
    void hold(RecordReader line, Skim skim, LineClass itsClass, Optional<Repeats.Repeat> known) {
        length = line.to() - line.from();
        if (bytes.length < length) {
            bytes = new byte[Integer.highestOneBit(length) * 2];
        }
        System.arraycopy(line.bytes(), line.from(), bytes, 0, length);
        channel = skim.channel();
        stream = skim.stream();
        number = line.number();
        second = skim.second();
        nano = skim.nano();
        what = itsClass;
        repeat = known;
        isEmpty = false;
    }

    boolean isEmpty() {
        return isEmpty;
    }

    /** Forgets the line. */
    void clear() {
        isEmpty = true;
        if (bytes.length > 1 << 12) {
            bytes = new byte[256];
        }
    }

    /** Takes what the line proves. */
    void settle(Tally tally) {
        tally.count(what);
        if (repeat.isPresent()) {
            repeat.get().again(second, nano, number);
        }
        clear();
    }

    /** This, made once. */
    Optional<Held> itself() {
        return itself;
    }

    /** As given; empty as well where it is known by no other. */
    Optional<Repeats.Repeat> repeat() {
        return repeat;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    long channel() {
        return channel;
    }

    long stream() {
        return stream;
    }

    long number() {
        return number;
    }
}
