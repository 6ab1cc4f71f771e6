package io.failovertimeline.correlate;

import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.CauseDetail;
import io.failovertimeline.model.Mark;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Why a leader lost its lock. */
final class Causes {

    private final Chronicle chronicle;
    private final List<Mark> marks;

    Causes(Chronicle chronicle, List<Mark> marks) {
        this.chronicle = chronicle;
        this.marks = marks;
    }

    /** The most telling reason; a host that went on is none. */
    Reason of(Loss loss) {
        return new HostLife(chronicle, loss.old()).judged(told(loss), loss.healthyUntil(), loss.lost());
    }

    /** The old leader's own words before the loss come first, then its words afterwards, then what its peers saw. */
    private Reason told(Loss loss) {
        LaterWords later = new LaterWords(chronicle, loss);
        PeersWords peers = new PeersWords(chronicle, loss);
        List<Entry> calls = peers.failedCalls();
        return new OwnWords(chronicle, loss)
                .reason()
                .or(later::stall)
                .or(() -> loss.once() ? marked(loss.old(), calls) : Optional.empty())
                .or(() -> letGo(loss))
                .or(() -> later.newStart(calls))
                .orElseGet(peers::reason);
    }

    /** A key that is free before it can have expired was deleted by its holder: Patroni does so when it is stopped. */
    private static Optional<Reason> letGo(Loss loss) {
        return loss.renewedTooLateToExpire()
                .filter(renewal -> loss.toAnother())
                .map(renewal -> Reason.of(
                        CauseCode.CLEAN_SHUTDOWN,
                        CauseDetail.KEY_RELEASED,
                        0.7,
                        "The leader key was free before it can have expired, so Patroni on " + loss.old()
                                + " let go of it, as it does when it is stopped.",
                        renewal));
    }

    private Optional<Reason> marked(String old, List<Entry> calls) {
        return marks.stream()
                .filter(mark -> mark.host().filter(old::equals).isPresent())
                .sorted(Comparator.comparing(Mark::text))
                .flatMap(mark -> ByHand.of(mark.rule(), mark.text()).stream().map(done -> Reason.of(
                                done.code(),
                                done.detail(),
                                0.8,
                                "An operator ran \"" + mark.text() + "\" on " + old + ".")
                        .shownBy(calls.stream().limit(1).toList())))
                .findFirst();
    }
}
