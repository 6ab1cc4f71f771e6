package io.failovertimeline.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts in what values refer to: <code>${file:/run/secrets/password}</code> is what the file holds, without a line end at its end, and
 * <code>${env:NAME}</code> an environment variable.
 */
final class References {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(file|env):([^}]+)}");

    private final Map<String, String> environment;

    References(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The setting with its references resolved; {@code faults} takes those that lead nowhere. */
    Setting resolved(Setting setting, List<Fault> faults) {
        Matcher reference = REFERENCE.matcher(setting.value());
        String value = reference.replaceAll(found -> Matcher.quoteReplacement(
                found.group(1).equals("env")
                        ? variable(found.group(2), setting, faults)
                        : content(found.group(2), setting, faults)));
        return setting.withValue(value);
    }

    private String variable(String name, Setting setting, List<Fault> faults) {
        @Nullable String value = environment.get(name);
        if (value == null) {
            faults.add(new Fault(
                    setting.key(),
                    setting.place(),
                    "refers to the environment variable " + name + ", which is not set"));
            return "";
        }
        return value;
    }

    private static String content(String path, Setting setting, List<Fault> faults) {
        try {
            return Files.readString(Path.of(path), StandardCharsets.UTF_8).replaceFirst("\\R\\z", "");
        } catch (IOException | InvalidPathException unreadable) {
            faults.add(
                    new Fault(setting.key(), setting.place(), "refers to the file " + path + ", which can't be read"));
            return "";
        }
    }
}
