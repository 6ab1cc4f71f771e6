package io.failovertimeline.decode;

import io.failovertimeline.decode.state.DumpBlock;
import io.failovertimeline.decode.state.StateDump;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A first look over the whole input, for what single lines do not tell: zones, years, hosts, clusters. What it finds is a function
 * of the set of records it was shown, each once; their order has no influence. Memory is bounded for each source.
 */
public final class Survey {

    private final TreeMap<String, SourceNotes> notes = new TreeMap<>();

    /**
     * Shows one record of {@code source}, a line or all lines of a state dump: {@code bytes} from {@code from}, inclusive, to {@code
     * to}, exclusive.
     *
     * @param line the number of its first line, from 1
     */
    public void add(String source, byte[] bytes, int from, int to, long line) {
        String record = new String(bytes, from, to - from, StandardCharsets.UTF_8).stripTrailing();
        if (record.isEmpty()) {
            return;
        }
        SourceNotes about = notes.computeIfAbsent(source, SourceNotes::new);
        Optional<StateDump> dump = DumpBlock.read(bytes, from, to);
        if (dump.isEmpty()) {
            Optional<Reading> reading = JournalExport.isEntry(bytes, from, to)
                    ? JournalExport.fields(bytes, from, to).flatMap(Readings::ofExport)
                    : Readings.of(record);
            about.add(record, reading, line);
            return;
        }
        about.add(dump.get(), line);
        long number = line;
        for (String text : record.split("\n", -1)) {
            String written = text.stripTrailing();
            if (!written.isEmpty()) {
                about.add(written, Readings.of(written), number);
            }
            number++;
        }
    }

    /** Whether {@code source} seems to hold several logs; then {@link #part} is to be shown all of its lines. */
    public boolean isDivided(String source) {
        return Optional.ofNullable(notes.get(source))
                .filter(SourceNotes::isDivided)
                .isPresent();
    }

    /** Shows the next line of a source that holds several logs, as {@link #add} is shown records; here their order tells. */
    public void part(String source, byte[] bytes, int from, int to, long line) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8).stripTrailing();
        notes.computeIfAbsent(source, SourceNotes::new).part(text, Readings.of(text), line);
    }

    /**
     * What the records shown so far tell.
     *
     * @param given the zones that the user says local times are in; they win over every finding
     */
    public Surroundings surroundings(GivenZones given) {
        return Surroundings.of(notes, given);
    }
}
