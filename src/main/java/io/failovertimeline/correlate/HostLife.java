package io.failovertimeline.correlate;

import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.CauseDetail;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the host of {@code member} went on while the member was silent, by what others wrote on it. */
record HostLife(Chronicle chronicle, String member) {

    /**
     * The first word by which another, in one process and without a pause in which a host could be started anew, went on.
     *
     * @param wellUntil the member's last sign of being well
     * @param back when it was heard again, or others took its place
     * @return empty if nobody did, or if nothing tells
     */
    Optional<Entry> throughout(Instant wellUntil, Instant back) {
        return words(wellUntil)
                .filter(word -> !word.since().isAfter(wellUntil.plus(Runs.LONGEST_PAUSE))
                        && !word.at().isBefore(back.minus(Runs.LONGEST_PAUSE)))
                .findFirst()
                .flatMap(last -> words(wellUntil).filter(last::saysTheSameAs).findFirst());
    }

    private Stream<Entry> words(Instant wellUntil) {
        return chronicle.beside(member).filter(word -> word.at().isAfter(wellUntil));
    }

    /** What {@code word} shows. */
    static String wroteOn(String member, Entry word) {
        return word.writer().orElse("another") + ", on the host of " + member + ", wrote on all the while";
    }

    /** {@code reason}; where it is that the host was down, and the host went on, what is left of it. */
    Reason judged(Reason reason, Instant wellUntil, Instant over) {
        if (reason.code() != CauseCode.HOST_DOWN) {
            return reason;
        }
        Optional<Entry> start = reason.detail()
                .filter(CauseDetail.HOST_RESTARTED::equals)
                .map(restarted -> reason.proofs().get(reason.proofs().size() - 1));
        Instant back = start.map(Entry::at).filter(over::isAfter).orElse(over);
        return throughout(wellUntil, back)
                .map(word -> start.map(found -> startedAnew(found, word)).orElseGet(() -> Reason.unknown(
                                member + " was gone without a word of stopping, but not its host: "
                                        + wroteOn(member, word) + ". Why it was gone is not told.")
                        .shownBy(Stream.concat(reason.proofs().stream(), Stream.of(word))
                                .toList())))
                .orElse(reason);
    }

    private Reason startedAnew(Entry start, Entry word) {
        boolean isPatronis = new Circumstances(chronicle).patroniStarted(member, start.at());
        String gone = member + " went silent without a word of stopping and started anew, but not its host: "
                + wroteOn(member, word) + ".";
        if (!isPatronis) {
            return Reason.unknown(gone + " Why it was gone is not told.", word, start);
        }
        String postgres = Signs.ofDatabaseDown(start) ? ", and so was its PostgreSQL" : "";
        return Reason.of(
                CauseCode.PATRONI_STALLED,
                CauseDetail.PATRONI_DIED,
                0.8,
                "Patroni on " + gone + " Patroni was gone" + postgres + ".",
                word,
                start);
    }
}
