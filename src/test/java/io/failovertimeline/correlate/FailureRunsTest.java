package io.failovertimeline.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.LoadBucket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FailureRunsTest {

    @Test
    void the_order_of_the_cuts_makes_no_difference() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            int[] failures = new int[2 + random.nextInt(12)];
            int[] successes = new int[failures.length];
            List<LoadBucket> series = series(failures, successes, random);

            Set<Integer> cuts = new HashSet<>();
            new FailureRuns(series).all().forEach(run -> cuts.add(run.last() / 2));
            cuts.remove(failures.length - 1);

            assertThat(cuts).as("seed %d", seed).isEqualTo(cutInRandomOrder(failures, successes, random));
        }
    }

    /** Failing seconds at even places, and between two of them one second of successes. */
    private static List<LoadBucket> series(int[] failures, int[] successes, Random random) {
        LoadRun run = new LoadRun("GET /Cities");
        for (int i = 0; i < failures.length; i++) {
            failures[i] = 1 + random.nextInt(random.nextInt(4) == 0 ? 30 : 6);
            successes[i] = 1 + random.nextInt(60);
            run.failing(2 * i, 2 * i + 0.99, 0.99 / failures[i]);
            run.serving(2 * i + 1, 2 * i + 1.99, 0.99 / successes[i]);
        }
        return new ArrayList<>(run.buckets());
    }

    private static Set<Integer> cutInRandomOrder(int[] failures, int[] successes, Random random) {
        Set<Integer> cuts = new HashSet<>();
        for (int calm = 0; calm < 400; calm++) {
            int gap = random.nextInt(failures.length - 1);
            int left = 0;
            for (int i = gap; i >= 0 && (i == gap || !cuts.contains(i)); i--) {
                left += failures[i];
            }
            int right = failures[gap + 1];
            for (int i = gap + 2; i < failures.length && !cuts.contains(i - 1); i++) {
                right += failures[i];
            }
            if (successes[gap] >= 10 && successes[gap] >= 3 * Math.min(left, right)) {
                cuts.add(gap);
            }
        }
        return cuts;
    }
}
