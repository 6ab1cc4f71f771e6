package io.failovertimeline.alert;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something somebody is to be told of. All its text is plain: one line, bounded, without control characters.
 *
 * @param kind what it is
 * @param severity how urgent
 * @param cluster the Patroni scope
 * @param part what tells it apart from others of its kind in its group, such as a member; may be empty
 * @param episode what it belongs to
 * @param members whom it concerns, the first {@value #MOST_MEMBERS}
 * @param startsAt since when it is so
 * @param endsAt since when it is no longer so; empty while it is
 * @param summary one sentence
 * @param cause why, as far as it is known; may be empty
 * @param phase the phase that the incident is in; empty if none is known
 * @param impact what clients felt; empty if that is not known
 * @param proofs the lines that say so
 * @param link the live page; empty if its address is not set
 */
public record Alert(
        AlertKind kind,
        AlertSeverity severity,
        String cluster,
        String part,
        Episode episode,
        List<String> members,
        Instant startsAt,
        Optional<Instant> endsAt,
        String summary,
        String cause,
        Optional<String> phase,
        Optional<String> impact,
        List<Proof> proofs,
        Optional<String> link) {

    private static final int MOST_MEMBERS = 20;

    public Alert {
        members = members.stream().limit(MOST_MEMBERS).map(PlainText::line).toList();
        summary = PlainText.sentence(summary);
        cause = PlainText.sentence(cause);
        impact = impact.map(PlainText::sentence);
        proofs = List.copyOf(proofs);
    }
}
