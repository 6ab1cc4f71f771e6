package io.failovertimeline.correlate;

import io.failovertimeline.model.AlternativeCause;
import io.failovertimeline.model.Cause;
import io.failovertimeline.model.CauseCode;
import io.failovertimeline.model.CauseDetail;
import java.util.List;
import java.util.Optional;

/**
 * Why something happened and what shows it.
 *
 * @param code the reason
 * @param detail what it was more exactly; empty if no line tells
 * @param confidence from 0 to 1
 * @param explanation one sentence
 * @param proofs the entries that show it
 */
record Reason(CauseCode code, Optional<CauseDetail> detail, double confidence, String explanation, List<Entry> proofs) {

    static Reason of(CauseCode code, CauseDetail detail, double confidence, String explanation, Entry... proofs) {
        return new Reason(code, Optional.of(detail), confidence, explanation, List.of(proofs));
    }

    static Reason unknown(String explanation, Entry... proofs) {
        return new Reason(CauseCode.UNKNOWN, Optional.empty(), 0, explanation, List.of(proofs));
    }

    /** The same, shown by other entries. */
    Reason shownBy(List<Entry> entries) {
        return new Reason(code, detail, confidence, explanation, entries);
    }

    /** As an incident's cause, with what was rejected beside it. */
    Cause in(Story story, List<Alternatives.Rejected> rejected) {
        List<AlternativeCause> alternatives =
                rejected.stream().map(other -> other.in(story)).toList();
        return new Cause(code, detail, confidence, explanation, story.indexesOf(proofs), alternatives);
    }
}
