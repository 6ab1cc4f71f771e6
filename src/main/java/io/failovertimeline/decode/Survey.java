package io.failovertimeline.decode;

import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/**
 * A first look over the whole input, for what single lines do not tell: zones, years, hosts, clusters. What it finds is a function
 * of the set of lines it was shown, each once; their order has no influence. Memory is bounded for each source.
 */
public final class Survey {

    private final TreeMap<String, SourceNotes> notes = new TreeMap<>();

    /**
     * Shows one line of {@code source}: {@code bytes} from {@code from}, inclusive, to {@code to}, exclusive.
     *
     * @param line its number, from 1
     */
    public void add(String source, byte[] bytes, int from, int to, long line) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8).stripTrailing();
        if (!text.isEmpty()) {
            notes.computeIfAbsent(source, SourceNotes::new).add(text, line);
        }
    }

    /**
     * What the lines shown so far tell.
     *
     * @param given the zones that the user says local times are in; they win over every finding
     */
    public Surroundings surroundings(GivenZones given) {
        return Surroundings.of(notes, given);
    }
}
