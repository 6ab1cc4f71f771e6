package io.failovertimeline.decode;

import io.failovertimeline.model.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Severities as envelopes and programs write them. PostgreSQL has {@link PostgresText its own}, since its ERROR is the failure of
 * one statement.
 */
final class Severities {

    private static final List<Optional<Severity>> BY_NUMBER =
            List.of(Severity.values()).stream().map(Optional::of).toList();

    private static final Map<String, Optional<Severity>> BY_WORD = byWord();

    private Severities() {}

    private static Map<String, Optional<Severity>> byWord() {
        Map<String, Optional<Severity>> words = new HashMap<>();
        put(words, Severity.EMERG, "emerg", "emergency");
        put(words, Severity.ALERT, "alert");
        put(words, Severity.CRIT, "crit", "critical", "fatal", "panic", "dpanic", "c");
        put(words, Severity.ERR, "err", "error", "e");
        put(words, Severity.WARNING, "warning", "warn", "w");
        put(words, Severity.NOTICE, "notice", "n");
        put(words, Severity.INFO, "info", "informational", "log", "i");
        put(words, Severity.DEBUG, "debug", "trace", "noise", "d", "t");
        return Map.copyOf(words);
    }

    private static void put(Map<String, Optional<Severity>> words, Severity severity, String... names) {
        for (String name : names) {
            words.put(name, Optional.of(severity));
            words.put(name.toUpperCase(Locale.ROOT), Optional.of(severity));
        }
    }

    /** Syslog's {@code 0} to {@code 7}, or a word such as {@code WARNING}, {@code warn} or etcd's {@code W}; empty for others. */
    static Optional<Severity> of(String written) {
        return written.length() == 1 && Cursor.isDigit(written.charAt(0))
                ? ofNumber(written.charAt(0) - '0')
                : BY_WORD.getOrDefault(written, Optional.empty());
    }

    /** Syslog's number; empty for those it does not have. */
    static Optional<Severity> ofNumber(int number) {
        return number >= 0 && number < BY_NUMBER.size() ? BY_NUMBER.get(number) : Optional.empty();
    }
}
