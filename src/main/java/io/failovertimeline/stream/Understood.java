package io.failovertimeline.stream;

import java.util.List;

/**
 * What came of one record of a log topic.
 *
 * @param pieces what it proves
 * @param requests what a load balancer logged in it
 * @param deadLetters what could not be used of it
 */
record Understood(List<Piece> pieces, List<LoadRead> requests, List<DeadLetter> deadLetters) {

    boolean isNothing() {
        return pieces.isEmpty() && requests.isEmpty() && deadLetters.isEmpty();
    }
}
