package io.failovertimeline.stream;

import java.util.List;

/**
 * What came of one record of a log topic.
 *
 * @param pieces what it proves
 * @param deadLetters what could not be used of it
 */
record Understood(List<Piece> pieces, List<DeadLetter> deadLetters) {

    boolean isNothing() {
        return pieces.isEmpty() && deadLetters.isEmpty();
    }
}
