package io.failovertimeline.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.LogDecoder;
import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.Stamp;
import io.failovertimeline.recognize.Catalog;
import io.failovertimeline.recognize.Recognizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One host's journal, written anew in the other forms that journalctl has. */
class SameJournalTest {

    private static final Path JOURNAL = Path.of("labs/planned-switchover/journal/db2.json");
    private static final Recognizer RECOGNIZER = new Recognizer(Catalog.builtIn());
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final ZoneOffset ZONE = ZoneOffset.UTC;
    private static final int MILLI = 1_000_000;
    private static final Pattern OWN = Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} [A-Z]+: ");

    @TempDir
    private Path folder;

    private record Proof(String entry, String host, String message, Map<String, String> fields) {}

    private record Found(TreeMap<String, Stamp> stamps, TreeSet<String> proofs) {}

    @Test
    void the_forms_with_all_fields_give_the_same_events_at_the_same_instants() throws IOException {
        Found json = found(Files.readAllBytes(JOURNAL));

        assertThat(json.stamps()).hasSizeGreaterThan(20);
        assertThat(found(export())).isEqualTo(json);
        assertThat(found(pretty())).isEqualTo(json);
        assertThat(found(verbose())).isEqualTo(json);
    }

    @Test
    void the_text_forms_give_the_same_events_and_keep_the_programs_own_milliseconds() throws IOException {
        Found json = found(Files.readAllBytes(JOURNAL));

        for (String form : List.of("MMM dd HH:mm:ss", "MMM dd HH:mm:ss.SSSSSS", "yyyy-MM-dd'T'HH:mm:ssxx")) {
            Found text = found(text(form));

            assertThat(text.proofs()).as(form).isEqualTo(json.proofs());
            text.stamps().forEach((proof, stamp) -> {
                Stamp best = json.stamps().get(proof);
                assertThat(Duration.between(stamp.at(), best.at()).abs())
                        .as(proof)
                        .isLessThan(Duration.ofSeconds(3));
                if (best.clock() == Stamp.Clock.APPLICATION && best.precision() == Precision.MILLIS) {
                    assertThat(stamp).as(proof).isEqualTo(best);
                }
            });
        }
    }

    @Test
    void patronis_own_file_gives_the_same_events_as_the_journal_at_the_same_instants() throws IOException {
        Found json = found(Files.readAllBytes(JOURNAL));
        TreeMap<String, Stamp> byPatroni = new TreeMap<>(json.stamps());
        byPatroni.values().removeIf(stamp -> stamp.clock() != Stamp.Clock.APPLICATION);

        Found own = found(ownFile());

        assertThat(own.stamps()).hasSizeGreaterThan(20);
        own.stamps().forEach((proof, stamp) -> assertThat(byPatroni).containsEntry(proof, stamp));
        byPatroni.keySet().removeAll(own.stamps().keySet());
        assertThat(byPatroni.keySet()).allMatch(proof -> proof.contains("entry=postgresql."));
    }

    private Found found(byte[] bytes) throws IOException {
        Path file = Files.write(Files.createTempDirectory(folder, "form").resolve("db2.log"), bytes);
        Hints hints = new Hints(Optional.of("db2"), ZONE, new TreeMap<>(), Optional.of(near()));
        TreeMap<String, Stamp> stamps = new TreeMap<>();
        TreeSet<String> proofs = new TreeSet<>();
        Map<String, Integer> times = new TreeMap<>();
        try (LineReader reader = Inputs.open(List.of(file.toString()), InputStream.nullInputStream())
                .inputs()
                .get(0)
                .open()) {
            while (reader.next() == LineReader.Found.LINE) {
                Optional<LogLine> line = new LogDecoder()
                        .decode(reader.bytes(), reader.from(), reader.to(), hints, Origin.line("j", reader.number()))
                        .match(
                                found -> Optional.of(found.line()),
                                unreadable -> Optional.empty(),
                                nothing -> Optional.empty());
                line.ifPresent(found -> proof(found).ifPresent(proof -> {
                    proofs.add(proof.toString());
                    int copy = times.merge(proof.toString(), 1, Integer::sum);
                    stamps.put(proof + " " + copy, found.stamp().orElseThrow());
                }));
            }
        }
        return new Found(stamps, proofs);
    }

    private static Optional<Proof> proof(LogLine line) {
        return RECOGNIZER
                .recognize(line, "lab")
                .match(
                        significant -> Optional.of(significant.evidence())
                                .map(ClusterEvent.class::cast)
                                .map(event -> new Proof(
                                        event.rule(), line.host().orElse(""), line.message(), event.fields())),
                        noise -> Optional.empty(),
                        Optional::empty);
    }

    private static List<JsonNode> entries() throws IOException {
        List<JsonNode> entries = new ArrayList<>();
        for (String line : Files.readAllLines(JOURNAL)) {
            entries.add(MAPPER.readTree(line));
        }
        return entries;
    }

    private static Instant near() throws IOException {
        return received(entries().get(0));
    }

    private static Instant received(JsonNode entry) {
        long micros = entry.path("__REALTIME_TIMESTAMP").asLong();
        return Instant.ofEpochSecond(micros / MILLI, micros % MILLI * 1000);
    }

    private static byte[] message(JsonNode entry) throws IOException {
        JsonNode message = entry.path("MESSAGE");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (message.isArray()) {
            message.forEach(value -> bytes.write(value.asInt()));
        } else {
            bytes.write(message.asText().getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    /** Each second message as counted bytes, which any may be. */
    private static byte[] export() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int count = 0;
        for (JsonNode entry : entries()) {
            for (Map.Entry<String, JsonNode> field : entry.properties()) {
                boolean isMessage = field.getKey().equals("MESSAGE");
                byte[] value =
                        isMessage ? message(entry) : field.getValue().asText().getBytes(UTF_8);
                boolean isLine = new String(value, ISO_8859_1).chars().allMatch(c -> c >= ' ');
                out.write(field.getKey().getBytes(UTF_8));
                if (!isLine || (isMessage && ++count % 2 == 0)) {
                    out.write('\n');
                    out.write(ByteBuffer.allocate(Long.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(value.length)
                            .array());
                } else {
                    out.write('=');
                }
                out.write(value);
                out.write('\n');
            }
            out.write('\n');
        }
        return out.toByteArray();
    }

    /** What Patroni writes into {@code log.dir}: its own records, without envelope and host, which the file's name tells. */
    private static byte[] ownFile() throws IOException {
        StringBuilder text = new StringBuilder();
        for (JsonNode entry : entries()) {
            String message = new String(message(entry), UTF_8);
            if (OWN.matcher(message).lookingAt()) {
                text.append(message).append('\n');
            }
        }
        return text.toString().getBytes(UTF_8);
    }

    private static byte[] pretty() throws IOException {
        StringBuilder text = new StringBuilder();
        for (JsonNode entry : entries()) {
            text.append(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(entry))
                    .append('\n');
        }
        return text.toString().getBytes(UTF_8);
    }

    private static byte[] verbose() throws IOException {
        StringBuilder text = new StringBuilder("-- Boot a01669f56fac47519dd7a06330245c99 --\n");
        DateTimeFormatter header = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss.SSSSSS 'UTC'", Locale.ROOT);
        for (JsonNode entry : entries()) {
            text.append(header.format(received(entry).atOffset(ZONE)))
                    .append(" [")
                    .append(entry.path("__CURSOR").asText())
                    .append("]\n");
            for (Map.Entry<String, JsonNode> field : entry.properties()) {
                if (!field.getKey().startsWith("__")) {
                    boolean isMessage = field.getKey().equals("MESSAGE");
                    String value = isMessage
                            ? new String(message(entry), UTF_8)
                            : field.getValue().asText();
                    String indent = "\n" + " ".repeat(field.getKey().length() + 5);
                    text.append("    ")
                            .append(field.getKey())
                            .append('=')
                            .append(value.replace("\n", indent))
                            .append('\n');
                }
            }
        }
        return text.toString().getBytes(UTF_8);
    }

    private static byte[] text(String form) throws IOException {
        DateTimeFormatter time = DateTimeFormatter.ofPattern(form, Locale.ROOT);
        StringBuilder text = new StringBuilder();
        for (JsonNode entry : entries()) {
            text.append(time.format(received(entry).atOffset(ZONE)))
                    .append(' ')
                    .append(entry.path("_HOSTNAME").asText())
                    .append(' ')
                    .append(entry.path("SYSLOG_IDENTIFIER").asText())
                    .append('[')
                    .append(entry.path("_PID").asText())
                    .append("]: ")
                    .append(new String(message(entry), UTF_8))
                    .append('\n');
        }
        return text.toString().getBytes(UTF_8);
    }
}
