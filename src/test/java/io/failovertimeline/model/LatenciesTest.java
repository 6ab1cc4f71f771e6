package io.failovertimeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void a_quantile_is_within_two_hundredths_of_the_true_one_at_any_size() {
        for (long unit : new long[] {1_000, 1_000_000, 1_000_000_000, 3_600_000_000_000L}) {
            long[] nanos = new Random(7).longs(2_000, unit, 40 * unit).sorted().toArray();
            Latencies all = sum(Arrays.stream(nanos).mapToObj(Duration::ofNanos).toList());

            for (double share : new double[] {0, 0.5, 0.9, 0.99, 1}) {
                double truth = nanos[(int) (share * (nanos.length - 1))];
                assertThat((double) all.quantile(share).orElseThrow().toNanos())
                        .isBetween(truth * 0.979 - 1, truth * 1.021 + 1);
            }
        }
    }

    @Test
    void the_sum_has_the_same_bytes_in_whatever_order_and_groups_it_is_added_up() {
        Random random = new Random(11);
        List<Duration> latencies = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            latencies.add(Duration.ofNanos((long) Math.exp(random.nextDouble() * 25)));
        }
        Latencies expected = sum(latencies);

        for (int round = 0; round < 20; round++) {
            Collections.shuffle(latencies, random);
            int cut = random.nextInt(latencies.size());
            Latencies parts = sum(latencies.subList(0, cut)).plus(sum(latencies.subList(cut, latencies.size())));
            assertThat(parts).isEqualTo(expected).hasSameHashCodeAs(expected);
        }
    }

    @Test
    void its_bytes_are_few_begin_with_their_version_and_read_as_the_same() {
        Random random = new Random(3);
        List<Duration> usual = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            usual.add(Duration.ofMillis(Math.round(20 * Math.exp(random.nextGaussian() / 2))));
        }
        Latencies latencies = sum(usual);

        assertThat(latencies.encoded()).hasSizeLessThan(160).startsWith(1);
        assertThat(Latencies.decode(latencies.encoded())).isEqualTo(latencies);
        assertThat(Latencies.of(Duration.ofMillis(20), 1).encoded()).hasSizeLessThan(10);
    }

    @Test
    void of_no_request_there_is_no_byte_and_no_quantile() {
        assertThat(Latencies.NONE.encoded()).isEmpty();
        assertThat(Latencies.NONE.quantile(0.5)).isEmpty();
        assertThat(Latencies.decode(new byte[0])).isEqualTo(Latencies.NONE);
        assertThat(Latencies.NONE.plus(Latencies.NONE)).isEqualTo(Latencies.NONE);
    }

    @Test
    void a_latency_of_zero_counts() {
        Latencies latencies = sum(List.of(Duration.ZERO, Duration.ZERO, Duration.ofMillis(8)));

        assertThat(latencies.quantile(0.5)).contains(Duration.ZERO);
        assertThat(latencies.quantile(1).orElseThrow()).isBetween(Duration.ofMillis(7), Duration.ofMillis(9));
    }

    @Test
    void bytes_of_another_version_are_refused_and_broken_ones_when_they_are_used() {
        byte[] later = Latencies.of(Duration.ofMillis(5), 1).encoded();
        later[0] = 2;

        assertThatThrownBy(() -> Latencies.decode(later))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version 2");
        Latencies broken = Latencies.decode(new byte[] {1, 5, 99});
        assertThatThrownBy(() -> broken.quantile(0.5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_took_longer_than_a_limit_can_be_counted() {
        LatencySketch sketch = new LatencySketch();
        sketch.add(Duration.ofMillis(10), 7);
        sketch.add(Duration.ofMillis(500), 2);
        sketch.add(Duration.ofSeconds(9), 1);

        assertThat(sketch.count()).isEqualTo(10);
        assertThat(sketch.over(Duration.ofMillis(100))).isEqualTo(3);
        assertThat(sketch.over(Duration.ofSeconds(20))).isZero();
    }

    private static Latencies sum(List<Duration> latencies) {
        return latencies.stream().map(latency -> Latencies.of(latency, 1)).reduce(Latencies.NONE, Latencies::plus);
    }
}
