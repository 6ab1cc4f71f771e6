package io.failovertimeline.decode.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.Origin;
import io.failovertimeline.model.RequestResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadDecoderFuzzTest {

    private static final String RECORD = "{\"generator\":\"k6\",\"endpoint\":\"GET /Cities\","
            + "\"start\":\"2023-12-10T13:19:54.575Z\",\"precision\":\"MILLIS\",\"latencyMs\":12.5,\"failed\":true,\"error\":\"EOF\"}";

    private static final String MEANINGFUL = "\",:{}[]\\019eE-+.\n\0";

    @Test
    void any_bytes_have_an_outcome() {
        for (int seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);

            for (LoadDecoder decoder : decoders()) {
                assertOutcome(decoder, bytes, seed);
            }
            LoadFormats.detect(bytes, 0, bytes.length);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "switchover.k6.csv",
                "switchover.vegeta.json",
                "leader-killed.k6.json",
                "power-cut.jmeter.csv",
                "two-failovers.locust.csv",
                "etcd-quorum-lost.pgbench.log",
                "switchover.hey.csv",
                "leader-killed.access.log",
                ""
            })
    void any_mutation_of_good_lines_has_an_outcome(String file) {
        List<String> lines = file.isEmpty() ? List.of(RECORD) : Lines.ofFile(file);
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            List<LoadDecoder> decoders = decoders();
            for (int i = 0; i < 40; i++) {
                String line = lines.get(random.nextInt(lines.size()));
                byte[] bytes = mutated(line.getBytes(StandardCharsets.UTF_8), random);

                for (LoadDecoder decoder : decoders) {
                    assertOutcome(decoder, bytes, seed);
                }
                LoadFormats.detect(bytes, 0, bytes.length);
            }
        }
    }

    @Test
    void only_the_given_range_is_read() {
        byte[] record = RECORD.getBytes(StandardCharsets.UTF_8);
        byte[] padded = new byte[record.length + 20];
        Arrays.fill(padded, (byte) 'x');
        System.arraycopy(record, 0, padded, 7, record.length);

        Outcome outcome = new RequestJson(Lines.NAMES).decode(padded, 7, 7 + record.length, Lines.SOMEWHERE);

        assertThat(Lines.request(outcome)).map(RequestResult::error).contains("EOF");
    }

    private static List<LoadDecoder> decoders() {
        K6Csv csv = new K6Csv(Lines.NAMES);
        Lines.decode(csv, Lines.ofFile("switchover.k6.csv").get(0));
        List<LoadDecoder> decoders = new ArrayList<>();
        decoders.add(csv);
        decoders.add(new K6Csv(Lines.NAMES));
        decoders.add(new K6Json(Lines.NAMES));
        decoders.add(new VegetaJson(Lines.NAMES));
        decoders.add(new RequestJson(Lines.NAMES));
        decoders.add(new VegetaCsv(Lines.NAMES));
        decoders.add(new JmeterCsv(Lines.NAMES));
        decoders.add(new JmeterXml(Lines.NAMES));
        decoders.add(new LocustHistory(Lines.NAMES));
        decoders.add(new LocustRequest(Lines.NAMES));
        decoders.add(new GatlingLog(Lines.NAMES));
        decoders.add(new PgbenchLog(Lines.NAMES));
        decoders.add(new PgbenchAggregate(Lines.NAMES));
        decoders.add(new Phout(Lines.NAMES));
        decoders.add(new Artillery(Lines.NAMES));
        decoders.add(new AccessLog(Lines.NAMES));
        decoders.add(new HaproxyLog(LoadContext.none()));
        decoders.add(new OffsetCsv(OffsetCsv.Tool.HEY, LoadContext.none()));
        decoders.add(LoadFormats.ofRecords());
        return decoders;
    }

    private static void assertOutcome(LoadDecoder decoder, byte[] bytes, int seed) {
        Outcome outcome = decoder.decode(bytes, 0, bytes.length, Origin.line("fuzz", seed));

        boolean sound = outcome.match(
                result -> result.requests().stream()
                        .allMatch(request -> Lines.request(readAgain(request)).equals(Optional.of(request))),
                unreadable -> unreadable.excerpt().length() <= 200,
                () -> true);
        assertThat(sound).as("%s, seed %d", decoder.format(), seed).isTrue();
    }

    private static Outcome readAgain(RequestResult request) {
        byte[] record = RequestJson.write(request);
        return new RequestJson(Lines.NAMES).decode(record, 0, record.length, Lines.SOMEWHERE);
    }

    private static byte[] mutated(byte[] line, Random random) {
        byte[] bytes = line.clone();
        for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
            int at = random.nextInt(bytes.length);
            bytes = switch (random.nextInt(4)) {
                case 0 -> Arrays.copyOf(bytes, at);
                case 1 -> without(bytes, at);
                case 2 -> with(bytes, at, (byte) MEANINGFUL.charAt(random.nextInt(MEANINGFUL.length())));
                default -> with(bytes, at, (byte) random.nextInt(256));
            };
        }
        return bytes;
    }

    private static byte[] without(byte[] bytes, int at) {
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
        System.arraycopy(bytes, at + 1, shorter, at, bytes.length - at - 1);
        return shorter;
    }

    private static byte[] with(byte[] bytes, int at, byte value) {
        byte[] changed = bytes.clone();
        changed[at] = value;
        return changed;
    }
}
