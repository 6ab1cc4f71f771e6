package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.Precision;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a {@link Skimmer} saw in a line: the same as a {@link LogDecoder} would, without the text itself. It is used again for
 * other lines, and points into the bytes of its own.
 */
public final class Skim {

    /** What stands between the envelope and the words. */
    enum Own {
        /** Nothing. */
        NONE,
        /** Patroni's time. */
        PATRONI,
        /** PostgreSQL's prefix, with a time or without. */
        POSTGRESQL
    }

    /** All of a line that its meaning hangs on, but for its times: lines that say the same are recognized as the same. */
    public static final class Saying {
        private final int writer;
        private final Component sender;
        private final Own own;
        private final boolean isEscaped;
        private final byte[] words;

        private Saying(Skim skim) {
            writer = skim.writer.number();
            sender = skim.sender;
            own = skim.own;
            isEscaped = skim.isEscaped;
            words = Arrays.copyOfRange(skim.bytes, skim.wordsFrom, skim.wordsTo);
        }
    }

    /** What {@link #channel} is where no envelope was read. */
    public static final long NO_CHANNEL = 0;

    /** Words that are longer are not looked at without their digits, in bytes. */
    private static final int LONGEST = 1024;

    private byte[] bytes = new byte[0];
    private final Optional<Skim> itself = Optional.of(this);
    private boolean isEscaped;
    private String format = "";
    private Component sender = Component.OTHER;
    private Own own = Own.NONE;
    private long channel;
    private long stream;
    private boolean isUnrelated;
    private int wordsFrom;
    private int wordsTo;
    private KnownHost writer = KnownHost.NOBODY;
    private long second;
    private int nano;
    private int fractionDigits;

    void begin(byte[] line) {
        bytes = line;
        channel = NO_CHANNEL;
    }

    void envelope(String envelopeFormat, boolean escapes, Component name, long process) {
        format = envelopeFormat;
        isEscaped = escapes;
        sender = name;
        channel = process | 1;
        stream = channel;
    }

    /** The words name a process of their own, by these digits. */
    void ofProcess(long digits) {
        stream = channel * 31 + digits;
    }

    void words(Own before, boolean unrelated, int from, int to) {
        own = before;
        isUnrelated = unrelated;
        wordsFrom = from;
        wordsTo = to;
    }

    void writtenBy(KnownHost host) {
        writer = host;
    }

    boolean at(long secondSince1970, int nanoOfSecond, int digits) {
        second = secondSince1970;
        nano = nanoOfSecond;
        fractionDigits = digits;
        return true;
    }

    /** The component that the envelope names. */
    public Component sender() {
        return sender;
    }

    KnownHost writer() {
        return writer;
    }

    /**
     * A number for the process that the envelope names: the same wherever {@link Decoded.Place#channel()} and host are. Set as well
     * for a line that could not be read, if its envelope could; otherwise {@link #NO_CHANNEL}.
     */
    public long channel() {
        return channel;
    }

    /** A number for the process that wrote the line, of all that a channel has: the same where the line's writer is. */
    public long stream() {
        return stream;
    }

    /** Whether lines that come later, in envelopes of their own, may belong to the line: see {@link Joiner}. */
    public boolean mayGoOn() {
        return isOfDatabase(sender);
    }

    static boolean isOfDatabase(Component sender) {
        return sender == Component.PATRONI || sender == Component.POSTGRESQL || sender == Component.PG_AUTO_FAILOVER;
    }

    /** Whether the line is of a program outside the catalog: the component is {@link Component#OTHER}. */
    public boolean isUnrelated() {
        return isUnrelated;
    }

    /** As of {@link Decoded.Line#format()}. */
    public String format() {
        return format;
    }

    /** As of {@link io.failovertimeline.model.LogLine#host()}. */
    public Optional<String> host() {
        return writer.host();
    }

    /** Tells hosts of an input apart; not negative. One that was forgotten may come again under another number. */
    public int hostNumber() {
        return writer.number();
    }

    /** When the line was written, in whole seconds since 1970. */
    public long second() {
        return second;
    }

    /** Nanoseconds after {@link #second()}. */
    public int nano() {
        return nano;
    }

    /** As of {@link io.failovertimeline.model.Stamp#precision()}. */
    public Precision precision() {
        return Precision.ofFractionDigits(fractionDigits);
    }

    /** Where the words begin, in the bytes of the line. A message is made of no more than these. */
    public int wordsFrom() {
        return wordsFrom;
    }

    /** Where they end, exclusive. */
    public int wordsTo() {
        return wordsTo;
    }

    /** Whether the words are as the writer wrote them, with nothing escaped. */
    public boolean areWordsPlain() {
        return !isEscaped;
    }

    /**
     * The line with a nought for each digit of its words, and no host; empty if its words are long, or begin with what is told by its
     * digits.
     *
     * @param masked is set to it, and must not be used for anything else
     */
    public Optional<Skim> withoutDigits(Skim masked) {
        int length = wordsTo - wordsFrom;
        if (length > LONGEST || isTold()) {
            return Optional.empty();
        }
        if (masked.bytes.length < LONGEST) {
            masked.bytes = new byte[LONGEST];
        }
        masked.isEscaped = isEscaped;
        masked.sender = sender;
        masked.own = own;
        masked.wordsTo = length;
        Words.mask(bytes, wordsFrom, wordsTo, masked.bytes);
        return masked.itself;
    }

    /** etcd's {@code raft2026/11/22 …}. */
    private boolean isTold() {
        return wordsTo - wordsFrom > 4
                && bytes[wordsFrom] == 'r'
                && bytes[wordsFrom + 1] == 'a'
                && bytes[wordsFrom + 2] == 'f'
                && bytes[wordsFrom + 3] == 't';
    }

    /** A number that lines which say the same have in common. */
    public long fingerprint() {
        return ByteMap.hash(bytes, wordsFrom, wordsTo) + 31L * writer.number();
    }

    /** What the line says, kept. */
    public Saying saying() {
        return new Saying(this);
    }

    /** Whether the line says what another did: component, host, cluster and message are the same, only the times differ. */
    public boolean says(Saying other) {
        return other.writer == writer.number()
                && other.sender == sender
                && other.own == own
                && other.isEscaped == isEscaped
                && Arrays.equals(other.words, 0, other.words.length, bytes, wordsFrom, wordsTo);
    }
}
