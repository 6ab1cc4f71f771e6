package io.failovertimeline.config;

import java.util.regex.Pattern;

/**
 * One setting as it was written.
 *
 * @param key its name
 * @param value what it says, with references such as {@code ${env:NAME}} resolved
 * @param place where it was said: {@code failover.properties:3}, {@code the environment variable …}, {@code the option --set}
 */
record Setting(String key, String value, String place) {

    private static final Pattern SECRET = Pattern.compile(
            "(?:^|\\.)(?:.*password|.*secret|.*token|.*credentials?|.*jaas\\.config|.*\\.key|receiver\\.[^.]+\\.url|.*keystore\\.certificate\\.chain)$");

    /** Whether the value must not be printed. */
    static boolean isSecret(String key) {
        return SECRET.matcher(key).find();
    }

    /** The value, where it may be shown. */
    String shown() {
        return isSecret(key) ? "(hidden)" : value;
    }

    Setting withValue(String other) {
        return new Setting(key, other, place);
    }
}
