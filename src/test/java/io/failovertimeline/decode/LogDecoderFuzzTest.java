package io.failovertimeline.decode;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogDecoderFuzzTest {

    private static final int ROUNDS = 1_500;

    private final List<String> valid = Stream.of(
                    LogDecoderFormatsTest.envelopes(),
                    LogDecoderFormatsTest.programs(),
                    LogDecoderFormatsTest.insideEnvelopes())
            .flatMap(List::stream)
            .map(LogDecoderFormatsTest.Example::text)
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
                            .clusterOf(Optional.of("db1"));
                })
                .as(() -> new String(bytes, StandardCharsets.ISO_8859_1))
                .doesNotThrowAnyException();
    }
}
