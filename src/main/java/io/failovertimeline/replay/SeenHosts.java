package io.failovertimeline.replay;

import io.failovertimeline.decode.Skim;
import java.util.Arrays;

/** Notes when the hosts of one input's skimmed lines were seen; finds each by its number. */
final class SeenHosts {

    private static final int SLOTS = 1 << 11;

    private final Coverages coverages;
    private final int[] numbers = new int[SLOTS];
    private final Coverages.Span[] spans = new Coverages.Span[SLOTS];

    SeenHosts(Coverages coverages) {
        this.coverages = coverages;
        Arrays.fill(numbers, -1);
    }

    void seen(Skim skim) {
        int slot = skim.hostNumber() & (SLOTS - 1);
        if (numbers[slot] != skim.hostNumber()) {
            numbers[slot] = skim.hostNumber();
            spans[slot] = coverages.span(skim.host());
        }
        spans[slot].widen(skim.second(), skim.nano());
    }
}
