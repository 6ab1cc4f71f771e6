package io.failovertimeline.decode;

import io.failovertimeline.model.Origin;
import io.failovertimeline.model.ZoneFinding;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;

/**
 * A line that tells the offset of local times.
 *
 * @param kind how it tells
 * @param offset what it tells
 * @param host whose local times; empty for those of the line's source
 * @param origin where it stands
 */
record ZoneClue(Kind kind, ZoneOffset offset, Optional<String> host, Origin origin) implements Comparable<ZoneClue> {

    private static final Comparator<ZoneClue> ORDER = Comparator.comparing(ZoneClue::kind)
            .thenComparing(ZoneClue::origin)
            .thenComparing(ZoneClue::offset)
            .thenComparing(clue -> clue.host().orElse(""));

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
        return new ZoneClue(kind, offset, Optional.of(otherHost), origin);
    }

    ZoneFinding finding(Optional<String> whose) {
        return new ZoneFinding(whose, offset, kind.basis(), Optional.of(origin));
    }

    @Override
    public int compareTo(ZoneClue other) {
        return ORDER.compare(this, other);
    }
}
