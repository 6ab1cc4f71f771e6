package io.failovertimeline.recognize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LiteralsTest {

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void finds_what_a_naive_search_finds(int seed) {
        Random random = new Random(seed);
        int shortest = 4 + random.nextInt(9);
        List<String> texts = Stream.generate(() -> word(random, shortest + random.nextInt(8)))
                .limit(1 + random.nextInt(12))
                .toList();
        Literals literals = new Literals(texts);

        for (int n = 0; n < 50; n++) {
            String text = haystack(random, texts);
            BitSet naive = new BitSet();
            IntStream.range(0, texts.size())
                    .filter(literal -> text.contains(texts.get(literal)))
                    .forEach(naive::set);

            assertThat(literals.in(text)).isEqualTo(naive);
            assertThat(anyIn(literals, text)).isEqualTo(!naive.isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void looks_at_nothing_outside_the_bounds(int seed) {
        Random random = new Random(seed);
        String literal = word(random, 4 + random.nextInt(9));
        Literals literals = new Literals(List.of(literal));
        byte[] bytes = (word(random, 5) + literal + word(random, 5)).getBytes(StandardCharsets.UTF_8);
        int end = 5 + literal.length();

        for (int from = 0; from <= bytes.length; from++) {
            for (int to = from; to <= bytes.length; to++) {
                String part = new String(bytes, from, to - from, StandardCharsets.UTF_8);

                assertThat(literals.anyIn(bytes, from, to)).isEqualTo(part.contains(literal));
            }
        }
        assertThat(literals.anyIn(bytes, 5, end)).isTrue();
    }

    @Test
    void finds_a_literal_behind_text_of_several_bytes_a_character() {
        Literals literals = new Literals(List.of("selected new timeline ID", "read-only"));

        assertThat(literals.in("СООБЩЕНИЕ:  selected new timeline ID: 2").stream())
                .containsExactly(0);
    }

    @Test
    void finds_nothing_if_there_are_no_literals() {
        Literals literals = new Literals(List.of());

        assertThat(anyIn(literals, "promoted self to leader")).isFalse();
        assertThat(literals.in("promoted self to leader").isEmpty()).isTrue();
    }

    @Test
    void refuses_a_literal_too_short_to_be_hashed() {
        assertThatThrownBy(() -> new Literals(List.of("UP,")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("UP,");
    }

    private static boolean anyIn(Literals literals, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return literals.anyIn(bytes, 0, bytes.length);
    }

    /** Of three letters only, so that literals overlap, repeat and nearly occur. */
    private static String word(Random random, int length) {
        return random.ints(length, 'a', 'd')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String haystack(Random random, List<String> texts) {
        String noise = word(random, random.nextInt(40));
        return switch (random.nextInt(3)) {
            case 0 -> noise;
            case 1 -> noise + texts.get(random.nextInt(texts.size())) + word(random, random.nextInt(9));
            default -> noise + texts.get(random.nextInt(texts.size())).substring(1) + "é" + word(random, 9);
        };
    }
}
