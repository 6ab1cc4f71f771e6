package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds in bytes what {@link TextEnvelope} finds in a text: time, host, program and message of journald's and syslog's one-line
 * forms. Rare ones are left to that.
 */
final class SkimText {

    private static final boolean[] IN_HOST = new boolean[1 << Byte.SIZE];

    static {
        for (char character = 0; character < 128; character++) {
            IN_HOST[character] =
                    Cursor.isLetter(character) || Cursor.isDigit(character) || ".-_:".indexOf(character) >= 0;
        }
    }

    /** A host's name of this length may be a tag that was cut off. */
    private static final int LONGEST_TAG = 32;

    private final Senders senders;
    private final KnownHosts hosts;
    private final ByteTime time;
    /** Those of hosts that stood in envelopes: the same come again and again. */
    private final ByteMap<KnownHost> named = new ByteMap<>(KnownHosts.MOST);

    private int messageFrom;
    private String format = "";

    /**
     * Reads the lines of one input.
     *
     * @param time is set to the envelope's time
     */
    SkimText(Senders senders, KnownHosts hosts, ByteTime time) {
        this.senders = senders;
        this.hosts = hosts;
        this.time = time;
    }

    /** Where the message of the last line begins; it goes on to the line's end. */
    int messageFrom() {
        return messageFrom;
    }

    /** Reads the envelope from {@code from} on; tells whether it could. */
    boolean read(byte[] bytes, int from, int to, Skim skim) {
        byte first = bytes[from];
        int behindTime = Cursor.isLetter((char) first)
                ? letters(bytes, from, to)
                : first == '<' ? priority(bytes, from, to) : digits(bytes, from, to);
        return behindTime >= 0
                && behindTime < to
                && bytes[behindTime] == ' '
                && addressed(bytes, behindTime + 1, to, skim);
    }

    private int letters(byte[] bytes, int from, int to) {
        int behind = time.monthAndDay(bytes, from, to);
        if (behind < 0) {
            return weekday(bytes, from, to);
        }
        format = time.fractionDigits() > 0
                ? "journald-short-precise"
                : bytes[from + 4] == ' ' ? "syslog" : "journald-short";
        return behind;
    }

    /** {@code Sun 2023-12-10 16:19:54 MSK}. */
    private int weekday(byte[] bytes, int from, int to) {
        format = "journald-short-full";
        boolean isWeekday = to - from > 4 && SkimWords.isWeekday(bytes, from, to);
        int behind = isWeekday ? time.dated(bytes, from + 4, to) : ByteTime.NONE;
        boolean isUtc = behind >= 0
                && !time.isAbsolute()
                && to - behind > 4
                && bytes[behind] == ' '
                && bytes[behind + 1] == 'U'
                && bytes[behind + 2] == 'T'
                && bytes[behind + 3] == 'C';
        if (!isUtc) {
            return ByteTime.NONE; // what other zones mean is the decoder's to say
        }
        time.at(0);
        return behind + 4;
    }

    private int digits(byte[] bytes, int from, int to) {
        if (to - from > 10 && bytes[from + 10] == '.') {
            format = "journald-short-unix";
            return time.epoch(bytes, from, to);
        }
        boolean isIso = to - from > 10 && bytes[from + 10] == 'T';
        int behind = isIso ? time.dated(bytes, from, to) : ByteTime.NONE;
        if (behind < 0 || !time.isAbsolute()) {
            return ByteTime.NONE;
        }
        boolean hasColon = bytes[behind - 3] == ':';
        format = time.fractionDigits() == 0 ? "journald-short-iso" : hasColon ? "syslog" : "journald-short-iso-precise";
        return behind;
    }

    /** {@code <30>Dec 10 16:19:54}; RFC 5424 is left to the decoder. */
    private int priority(byte[] bytes, int from, int to) {
        format = "syslog";
        int at = from + 1;
        while (at < to && at < from + 4 && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == from + 1 || at + 1 >= to || bytes[at] != '>' || bytes[at + 1] == '1') {
            return ByteTime.NONE;
        }
        int behind = time.monthAndDay(bytes, at + 1, to);
        return behind >= 0 ? behind : time.dated(bytes, at + 1, to);
    }

    private boolean addressed(byte[] bytes, int from, int to, Skim skim) {
        int blank = Words.find(' ', bytes, from, to);
        @Nullable KnownHost known = named.get(bytes, from, blank);
        if (known == null || blank == to) {
            return addressedAnew(bytes, from, to, skim);
        }
        skim.writtenBy(known);
        return tagged(bytes, blank + 1, to, skim);
    }

    private boolean addressedAnew(byte[] bytes, int from, int to, Skim skim) {
        int hostTo = from;
        while (hostTo < to && IN_HOST[bytes[hostTo] & 0xff]) {
            hostTo++;
        }
        if (hostTo < to && bytes[hostTo] == '[') {
            skim.writtenBy(hosts.unnamed());
            return isLocal(bytes, from, to) && tagged(bytes, from, to, skim);
        }
        if (hostTo == from
                || hostTo >= to
                || bytes[hostTo] != ' '
                || bytes[hostTo - 1] == ':'
                || hostTo - from == LONGEST_TAG) {
            return false;
        }
        KnownHost host = hosts.named(bytes, from, hostTo);
        named.put(bytes, from, hostTo, host);
        skim.writtenBy(host);
        return tagged(bytes, hostTo + 1, to, skim);
    }

    /** Whether {@code patroni[626]:} stands here: a local syslog socket carries no host. */
    private static boolean isLocal(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && bytes[end] != ' ') {
            end++;
        }
        return end - from > 2 && bytes[end - 1] == ':' && bytes[end - 2] == ']';
    }

    private boolean tagged(byte[] bytes, int from, int to, Skim skim) {
        int end = Words.find(' ', bytes, from, to);
        if (end - from < 2 || bytes[end - 1] != ':') {
            return false;
        }
        int bracket = Words.find('[', bytes, from, end);
        boolean hasPid = bracket > from && bracket < end;
        Optional<Component> sender = senders.named(bytes, from, hasPid ? bracket : end - 1);
        long process = 31 * skim.writer().hash() + ByteMap.hash(bytes, from, end);
        messageFrom = Math.min(end + 1, to);
        skim.envelope(format, false, sender.orElse(Component.OTHER), process);
        return sender.isPresent();
    }
}
