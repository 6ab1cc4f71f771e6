package io.failovertimeline.recognize;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads a file of entries: a YAML sequence of mappings whose values are texts, lists of texts, or mappings of texts. Token by
 * token, because that keeps the line of every key and starts faster than binding to classes.
 */
final class EntryReader {

    private static final YAMLFactory YAML = new YAMLFactory();

    private final String file;
    private final Consumer<String> problems;

    /**
     * Reads one file.
     *
     * @param file its name, as problems give it
     * @param problems gets each as {@code file:line: what is wrong}
     */
    EntryReader(String file, Consumer<String> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** A mapping of the sequence: its keys, and the line, from 1, it begins at. */
    record Item(int line, Map<String, Value> values) {}

    /** What stands after a key. {@code texts} is empty for a mapping, {@code pairs} for anything else. */
    record Value(int line, List<String> texts, SortedMap<String, String> pairs) {}

    /** The file's entries, as far as it can be read. */
    List<Item> read(InputStream bytes) throws IOException {
        List<Item> items = new ArrayList<>();
        try (JsonParser parser = YAML.createParser(bytes)) {
            JsonToken first = parser.nextToken();
            if (first != null && first != JsonToken.START_ARRAY) {
                problem(
                        line(parser),
                        "is no list; a file of patterns is a list of entries, each of which begins with `- id:`");
                return items;
            }
            while (first != null && parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() == JsonToken.START_OBJECT) {
                    items.add(item(parser));
                } else {
                    problem(line(parser), "is no entry; an entry is a mapping that begins with `- id:`");
                    parser.skipChildren();
                }
            }
        } catch (JsonProcessingException notYaml) {
            int line = notYaml.getLocation() == null ? 1 : notYaml.getLocation().getLineNr();
            problem(line, "is not YAML: " + firstLine(notYaml.getOriginalMessage()));
        }
        return items;
    }

    private Item item(JsonParser parser) throws IOException {
        int begin = line(parser);
        Map<String, Value> values = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            int line = line(parser);
            String key = parser.currentName();
            if (values.putIfAbsent(key, value(parser, line, key)) != null) {
                problem(line, "has the key " + key + " twice in one entry");
            }
        }
        return new Item(begin, values);
    }

    private Value value(JsonParser parser, int line, String key) throws IOException {
        List<String> texts = new ArrayList<>();
        SortedMap<String, String> pairs = new TreeMap<>();
        switch (parser.nextToken()) {
            case START_ARRAY -> {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    addText(parser, key, texts::add);
                }
            }
            case START_OBJECT -> {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    addText(parser, key, text -> pairs.put(name, text));
                }
            }
            default -> addText(parser, key, texts::add);
        }
        return new Value(line, texts, pairs);
    }

    private void addText(JsonParser parser, String key, Consumer<String> texts) throws IOException {
        if (parser.currentToken().isScalarValue() && parser.currentToken() != JsonToken.VALUE_NULL) {
            texts.accept(parser.getText());
        } else {
            problem(line(parser), "needs a text in " + key);
            parser.skipChildren();
        }
    }

    private void problem(int line, String what) {
        problems.accept(file + ":" + line + ": " + what);
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
