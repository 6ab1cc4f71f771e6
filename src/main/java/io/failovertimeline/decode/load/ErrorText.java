package io.failovertimeline.decode.load;

import java.util.Arrays;

/** Says what went wrong with a request in a few words that are the same for every request with that trouble. */
final class ErrorText {

    private static final String[] STATUSES = statuses();

    private ErrorText() {}

    private static String[] statuses() {
        String[] texts = new String[1000];
        Arrays.setAll(texts, status -> "HTTP " + status);
        return texts;
    }

    /** {@code HTTP 503}. */
    static String ofStatus(int status) {
        return status >= 0 && status < STATUSES.length ? STATUSES[status] : "HTTP " + status;
    }

    /**
     * The cause at the end of a chain of Go errors: {@code connection refused} for
     * {@code Get "http://app/17": dial tcp 10.0.0.1:80: connect: connection refused}. What stands before names this one request.
     */
    static String ofGo(String error) {
        String text = error.strip();
        int cause = text.lastIndexOf(": ");
        return ofText(cause < 0 ? text : text.substring(cause + 2));
    }

    /**
     * Why k6 failed a request: its own {@code error} text, else the HTTP status, else what its {@code error_code} stands for.
     *
     * @param error may be empty
     * @param errorCode may be empty
     * @param status may be empty; 0 where there was no response
     * @see <a href="https://grafana.com/docs/k6/latest/javascript-api/error-codes/">k6 error codes</a>
     */
    static String ofK6(String error, String errorCode, String status) {
        if (!error.isBlank()) {
            boolean namesAddresses = error.contains("->") || error.contains("://");
            return namesAddresses ? ofGo(error) : ofText(error);
        }
        int code = number(errorCode);
        int http = number(status) > 0 ? number(status) : code >= 1400 && code <= 1599 ? code - 1000 : 0;
        return http > 0 ? ofStatus(http) : ofK6Code(code);
    }

    private static String ofK6Code(int code) {
        return switch (code) {
            case 0 -> "no response";
            case 1010 -> "network error";
            case 1020 -> "invalid URL";
            case 1050 -> "timeout";
            case 1201 -> "broken pipe";
            case 1210 -> "dial error";
            case 1211 -> "dial timeout";
            case 1212 -> "connection refused";
            case 1220 -> "connection reset";
            case 1701 -> "decompression";
            default -> ofK6CodeRange(code);
        };
    }

    private static String ofK6CodeRange(int code) {
        return switch (code / 100) {
            case 11 -> "DNS";
            case 12 -> "TCP error";
            case 13 -> "TLS";
            case 16 -> "HTTP/2 error";
            default -> "error " + code;
        };
    }

    /** {@code text} on one line, cut; {@code failed} where it says nothing. */
    static String ofText(String text) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), 200));
        for (int i = 0; i < text.length() && out.length() < 200; i++) {
            char c = text.charAt(i);
            boolean blank = Character.isWhitespace(c) || Character.isISOControl(c);
            if (!blank) {
                out.append(c);
            } else if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
                out.append(' ');
            }
        }
        String said = BoundedText.of(out.toString().strip());
        return said.isEmpty() ? "failed" : said;
    }

    private static int number(String digits) {
        if (digits.isEmpty() || digits.length() > 6 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        return Integer.parseInt(digits);
    }
}
