package io.failovertimeline.model;

import java.util.Locale;
import java.util.regex.Pattern;

/** What kept a request from being served, as far as its error text tells. */
public enum ErrorKind {
    /** Nobody took the connection. */
    REFUSED,
    /** The connection broke while it was in use. */
    RESET,
    /** No answer in time. */
    TIMEOUT,
    /** A standby was asked to write. */
    READ_ONLY,
    /** An answer with a status of 500 and above. */
    SERVER_ERROR,
    /** Anything else. */
    OTHER;

    private static final Pattern STATUS = Pattern.compile("(?:http |found )?5\\d\\d(?:\\D.*)?", Pattern.DOTALL);
    private static final Pattern FOUND = Pattern.compile("found 5\\d\\d\\b");
    private static final Pattern NOT_WRITABLE =
            Pattern.compile("read[- ]only|readonly|recovery is in progress|\\b25006\\b");
    private static final Pattern REFUSAL = Pattern.compile("refus|no route to host|unreachable");
    private static final Pattern LATE =
            Pattern.compile("time[d-]?[ -]?out|deadline exceeded|canceling statement due to|no answer in time");
    private static final Pattern BROKEN = Pattern.compile(
            "reset|broken pipe|\\beof\\b|hang up|hung up|prematurely|terminat|closed|no ?http ?response|failed to respond"
                    + "|connection (?:was )?lost|shut(?:ting)? down|marked down|killed by");

    /** What {@code error}, as requests tell it, means. */
    public static ErrorKind of(String error) {
        String text = error.toLowerCase(Locale.ROOT);
        if (NOT_WRITABLE.matcher(text).find()) {
            return READ_ONLY;
        }
        if (STATUS.matcher(text).matches() || FOUND.matcher(text).find()) {
            return SERVER_ERROR;
        }
        if (REFUSAL.matcher(text).find()) {
            return REFUSED;
        }
        if (LATE.matcher(text).find()) {
            return TIMEOUT;
        }
        return BROKEN.matcher(text).find() ? RESET : OTHER;
    }

    /** As in {@code 120 refused}. */
    public String words() {
        return switch (this) {
            case REFUSED -> "refused";
            case RESET -> "reset";
            case TIMEOUT -> "timed out";
            case READ_ONLY -> "read-only";
            case SERVER_ERROR -> "5xx";
            case OTHER -> "other";
        };
    }
}
