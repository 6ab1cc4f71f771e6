package io.failovertimeline.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogDecoderFuzzTest {

    private static final int ROUNDS = 1_500;

    private final List<String> valid = Stream.concat(
                    Stream.of(
                                    LogDecoderFormatsTest.envelopes(),
                                    LogDecoderFormatsTest.programs(),
                                    LogDecoderFormatsTest.insideEnvelopes())
                            .flatMap(List::stream)
                            .map(LogDecoderFormatsTest.Example::text),
                    EnvelopesTest.examples().stream().map(EnvelopesTest.Example::text))
            .toList();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void random_bytes_never_throw(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextInt(120)];
            random.nextBytes(bytes);
            neverThrows(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void mutated_records_never_throw(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            neverThrows(mutated(valid.get(random.nextInt(valid.size())), random));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void every_byte_belongs_to_one_record_however_it_is_divided(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = mutated(
                    valid.get(random.nextInt(valid.size())) + "\n\n" + valid.get(random.nextInt(valid.size())), random);
            for (Framing framing : Framing.values()) {
                assertThat(ends(framing, bytes, bytes.length))
                        .isEqualTo(ends(framing, bytes, 1 + random.nextInt(9)))
                        .isSorted()
                        .doesNotHaveDuplicates();
            }
        }
    }

    /** Where records end in {@code bytes}, of which {@code step} more come at a time. */
    private static List<Integer> ends(Framing framing, byte[] bytes, int step) {
        List<Integer> found = new ArrayList<>();
        Framing.Ends ends = framing.ends();
        int from = 0;
        for (int to = Math.min(step, bytes.length); from < bytes.length; to = Math.min(to + step, bytes.length)) {
            for (int next = ends.next(bytes, from, to); next >= 0; next = ends.next(bytes, from, to)) {
                found.add(next);
                from = next;
            }
            from = to;
        }
        return found;
    }

    private static byte[] mutated(String line, Random random) {
        StringBuilder text = new StringBuilder(line);
        String parts = "09 :-+.,{}[]\"\\'=|@#$%\t\r\n\u0000\u001b\uFEFF\u00a0éZ";
        for (int change = random.nextInt(4); change >= 0 && text.length() > 1; change--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, parts.charAt(random.nextInt(parts.length())));
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.insert(at, parts.charAt(random.nextInt(parts.length())));
                default -> text.setLength(at);
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextBoolean()) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static void neverThrows(byte[] bytes) {
        assertThatCode(() -> {
                    Decoding.decode(bytes, Decoding.MOSCOW);
                    Decoding.decode(bytes, Hints.none());
                    Survey survey = new Survey();
                    survey.add("a/b.log", bytes, 0, bytes.length, 1);
                    survey.surroundings(GivenZones.NONE).hintsFor("a/b.log", Optional.empty());
                    survey.surroundings(GivenZones.of(ZoneId.of("Europe/Berlin")))
                            .clusterOf(Optional.of("db1"), "");
                })
                .as(() -> new String(bytes, StandardCharsets.ISO_8859_1))
                .doesNotThrowAnyException();
    }
}
