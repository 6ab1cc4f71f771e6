package io.failovertimeline.recognize;

import java.util.Comparator;
import java.util.OptionalInt;

/**
 * How near an entry came to a message that it does not match.
 *
 * @param entry the entry
 * @param holdsLiteral whether the message holds one of the entry's literals; where it does not, recognition does not try the grok
 * @param reach so many characters, from the message's first on, begin something that the grok matches, and one more does not; all of
 *     them where the grok only asks for more; empty if that was not found out because the match takes too long
 * @param likeness of the message and the example that is most like it, from 0 to 1
 * @param example that example
 */
public record Attempt(Entry entry, boolean holdsLiteral, OptionalInt reach, double likeness, String example) {

    /** The nearest first; then as the entries are named. */
    static final Comparator<Attempt> NEAREST_FIRST = Comparator.comparing(Attempt::holdsLiteral)
            .thenComparing(Attempt::likeness)
            .thenComparing(attempt -> attempt.reach().orElse(0))
            .reversed()
            .thenComparing(attempt -> attempt.entry().id());
}
