package io.failovertimeline.decode;

import io.failovertimeline.model.Origin;
import io.failovertimeline.model.ZoneFinding;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A line that tells the offset of local times.
 *
 * @param kind how it tells
 * @param offset what it tells
 * @param host whose local times; empty for those of the line's source
 * @param moments the first and the last instant for which the source tells this; empty if it is not known for which
 * @param origin where it stands first
 */
record ZoneClue(Kind kind, ZoneOffset offset, Optional<String> host, List<Instant> moments, Origin origin)
        implements Comparable<ZoneClue> {

    private static final Comparator<ZoneClue> ORDER = Comparator.comparing(ZoneClue::kind)
            .thenComparing(ZoneClue::origin)
            .thenComparing(ZoneClue::offset)
            .thenComparing(clue -> clue.host().orElse(""))
            .thenComparing(clue -> clue.moments().toString());

    /** How a line tells an offset, the surest first. */
    enum Kind {
        /** Patroni's local time inside an envelope with a zone, or the other way round. */
        PATRONI_IN_ENVELOPE(ZoneFinding.Basis.PAIRED),
        /** Another program's. */
        PROGRAM_IN_ENVELOPE(ZoneFinding.Basis.PAIRED),
        /** Patroni's answer to a peer, with the second in which it last saw the DCS. */
        LAST_SEEN(ZoneFinding.Basis.PAIRED),
        /** The identifier of a cluster tells when Patroni bootstrapped it. */
        BOOTSTRAP(ZoneFinding.Basis.PAIRED),
        /** A time with an offset in any text, close by the clock on the wall. */
        QUOTED(ZoneFinding.Basis.PAIRED),
        /** The zone that a program names in its own times. */
        ABBREVIATION(ZoneFinding.Basis.ABBREVIATION);

        private final ZoneFinding.Basis basis;

        Kind(ZoneFinding.Basis basis) {
            this.basis = basis;
        }

        ZoneFinding.Basis basis() {
            return basis;
        }
    }

    ZoneClue of(String otherHost) {
        return new ZoneClue(kind, offset, Optional.of(otherHost), moments, origin);
    }

    /** Two clues of the same kind, offset and host. */
    ZoneClue with(ZoneClue other) {
        TreeSet<Instant> all = new TreeSet<>(moments);
        all.addAll(other.moments);
        List<Instant> ends = all.isEmpty() ? List.of() : List.of(all.first(), all.last());
        return new ZoneClue(kind, offset, host, ends, origin.compareTo(other.origin) <= 0 ? origin : other.origin);
    }

    ZoneFinding finding(Optional<String> whose) {
        return new ZoneFinding(whose, offset, kind.basis(), Optional.of(origin));
    }

    @Override
    public int compareTo(ZoneClue other) {
        return ORDER.compare(this, other);
    }
}
