package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import java.util.Set;

/**
 * Reads the common forms of log lines without making anything of their text: what it sees is what {@link LogDecoder} would say, at
 * a hundredth of the cost. What it can't read, or could read wrongly, it leaves to the decoder. For one input; not for several
 * threads.
 */
public final class Skimmer {

    private final Senders senders = new Senders();
    private final ByteTime envelopeTime = new ByteTime();
    private final SkimText text;
    private final SkimJson json;
    private final SkimWords words = new SkimWords();
    private final SkimPlacing placing;
    private final KnownHosts hosts;

    /** A skimmer for the lines of an input of which {@code hints} are known. */
    public Skimmer(Hints hints) {
        hosts = new KnownHosts(hints);
        text = new SkimText(senders, hosts, envelopeTime);
        json = new SkimJson(senders, hosts, envelopeTime);
        placing = new SkimPlacing(hints.near());
    }

    /**
     * Reads the line in {@code bytes} from {@code from}, inclusive, to {@code to}, exclusive.
     *
     * @param isPlain whether the line is known to be printable ASCII
     * @param skim is set to what is seen; where the line can't be read, to its channel at most
     * @return whether it is a log line that could be read; if not, the decoder has to
     */
    public boolean reads(byte[] bytes, int from, int to, boolean isPlain, Skim skim) {
        skim.begin(bytes);
        if (from == to) {
            return false;
        }
        boolean isText = isPlain || isText(bytes, from, to);
        if (bytes[from] == '{') {
            return isText
                    && json.read(bytes, from, to, skim)
                    && words.read(bytes, json.messageFrom(), json.messageTo(), skim)
                    && isPlaced(skim);
        }
        return text.read(bytes, from, to, skim)
                && isText
                && words.read(bytes, text.messageFrom(), to, skim)
                && isPlaced(skim);
    }

    /**
     * The same for a line as Patroni writes it to a file of its own, without an envelope; no other can be read.
     *
     * @return whether it could be read; its host is then that of the hints
     */
    public boolean readsPatronis(byte[] bytes, int from, int to, Skim skim) {
        skim.begin(bytes);
        skim.envelope("patroni", false, Component.PATRONI, Skim.NO_CHANNEL);
        skim.writtenBy(hosts.unnamed());
        return words.readPatronis(bytes, from, to, skim)
                && isText(bytes, from, to)
                && placing.place(words.ownTime(), skim.writer().clock(), skim);
    }

    /** Lines under these names of programs and units are not skimmed from now on; see {@link Suspects}. */
    public void suspect(Set<String> names) {
        senders.suspect(names);
    }

    private boolean isPlaced(Skim skim) {
        if (skim.writer().isShared()) {
            return false;
        }
        LocalClock clock = skim.writer().clock();
        return words.hasOwnTime()
                ? placing.place(envelopeTime, words.ownTime(), words.ownZone(), clock, skim)
                : placing.place(envelopeTime, clock, skim);
    }

    /** Whether a line is valid UTF-8 and has no control character, but for tabs outside of JSON. */
    static boolean isText(byte[] bytes, int from, int to) {
        boolean isJson = from < to && bytes[from] == '{';
        int at = Words.behindPrintable(bytes, from, to);
        while (at < to) {
            byte lead = bytes[at++];
            if (lead >= ' ' || (lead == '\t' && !isJson)) {
                continue;
            }
            int following = lead >= 0 ? 0 : following(lead & 0xff, at < to ? bytes[at] & 0xff : 0);
            if (following == 0 || to - at < following) {
                return false;
            }
            for (int end = at + following; at < end; at++) {
                if ((bytes[at] & 0xc0) != 0x80) {
                    return false;
                }
            }
        }
        return true;
    }

    /** How many bytes follow a lead byte of UTF-8 if {@code next} is the first of them; 0 if that can't be. */
    private static int following(int lead, int next) {
        if (lead < 0xe0) {
            return lead >= 0xc2 ? 1 : 0;
        }
        if (lead < 0xf0) {
            boolean isShortest = lead != 0xe0 || next >= 0xa0;
            boolean isSurrogate = lead == 0xed && next >= 0xa0;
            return isShortest && !isSurrogate ? 2 : 0;
        }
        boolean isInRange = lead == 0xf0 ? next >= 0x90 : lead < 0xf4 || (lead == 0xf4 && next < 0x90);
        return isInRange ? 3 : 0;
    }
}
