package io.failovertimeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.correlate.Correlator;
import io.failovertimeline.correlate.EvidenceSet;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.LoadBucket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What labs prove, in other orders, told again, and gathered in parts. */
class EvidencePropertiesTest {

    /** For each of a dozen labs: ten thousand in all. */
    private static final int TRIES = 900;

    /** Of that many gatherings, all of which hold the same lines, one is told, with all requests. */
    private static final int TOLD = 60;

    static Stream<Path> labs() throws IOException {
        return Lab.all().stream();
    }

    @ParameterizedTest
    @MethodSource("labs")
    void any_order_repetition_and_batches_tell_the_same_incidents(Path lab) throws IOException {
        List<Evidence> evidence = List.copyOf(Lab.evidence(lab));
        List<Evidence> lines = evidence.stream()
                .filter(piece -> !(piece instanceof LoadBucket))
                .toList();
        Findings expected = Correlator.findings(evidence);
        Set<Evidence> gathered = new HashSet<>(lines);
        Random random = new Random(3);
        for (int i = 0; i < TRIES; i++) {
            assertThat(new HashSet<>(inBatches(again(lines, random), random).all()).equals(gathered))
                    .as("try " + i)
                    .isTrue();
            if (i % TOLD == 0) {
                assertThat(Correlator.findings(inBatches(again(evidence, random), random)))
                        .isEqualTo(expected);
            }
        }
    }

    /** In another order, and with some of it twice; whoever feeds load buckets gives each request once. */
    private static List<Evidence> again(List<Evidence> evidence, Random random) {
        List<Evidence> again = new ArrayList<>(evidence);
        for (Evidence piece : evidence) {
            if (!(piece instanceof LoadBucket) && random.nextInt(4) == 0) {
                again.add(piece);
            }
        }
        Collections.shuffle(again, random);
        return again;
    }

    private static EvidenceSet inBatches(List<Evidence> evidence, Random random) {
        List<EvidenceSet> batches = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            batches.add(new EvidenceSet());
        }
        evidence.forEach(piece -> batches.get(random.nextInt(batches.size())).add(piece));
        EvidenceSet all = new EvidenceSet();
        Collections.shuffle(batches, random);
        batches.forEach(batch -> batch.all().forEach(all::add));
        return all;
    }
}
