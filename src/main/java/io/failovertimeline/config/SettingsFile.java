package io.failovertimeline.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Reads a file of Java properties, in UTF-8, with the line on which each stands. */
final class SettingsFile {

    private SettingsFile() {}

    /**
     * The settings in their order.
     *
     * @param faults takes what is no property
     * @throws IOException if the file can't be read
     */
    static List<Setting> read(Path file, List<Fault> faults) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException notUtf8) {
            throw new IOException(file + " is no text in UTF-8.", notUtf8);
        }
        List<Setting> settings = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String place = file + ":" + (i + 1);
            StringBuilder entry = new StringBuilder(lines.get(i));
            while (!isComment(entry) && goesOn(entry) && i + 1 < lines.size()) {
                i++;
                entry.append('\n').append(lines.get(i));
            }
            add(entry.toString(), place, settings, faults);
        }
        return settings;
    }

    private static void add(String entry, String place, List<Setting> settings, List<Fault> faults) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(entry));
        } catch (IllegalArgumentException malformed) {
            faults.add(new Fault(entry.strip(), place, "has a backslash and a u without four hexadecimal digits"));
        }
        properties
                .stringPropertyNames()
                .forEach(key -> settings.add(
                        new Setting(key, properties.getProperty(key).strip(), place)));
    }

    private static boolean isComment(CharSequence entry) {
        String text = entry.toString().stripLeading();
        return text.isEmpty() || text.charAt(0) == '#' || text.charAt(0) == '!';
    }

    private static boolean goesOn(CharSequence entry) {
        int backslashes = 0;
        while (backslashes < entry.length() && entry.charAt(entry.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }
}
