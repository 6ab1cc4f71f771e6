package io.failovertimeline.decode;

/** Takes back what syslog daemons do to a message. */
final class SyslogText {

    private static final int ESCAPE_DIGITS = 3;
    private static final String REPEATED = "message repeated ";

    private SyslogText() {}

    /** The message as it was sent, once: without {@code message repeated 3 times: [ text]}, with line breaks for {@code #012}. */
    static String asSent(String message) {
        String once = message.startsWith(REPEATED) ? once(message) : message;
        return once.contains("#0") ? unescaped(once) : once;
    }

    private static String once(String message) {
        int open = message.indexOf(" times: [");
        boolean isCount = open > REPEATED.length()
                && message.endsWith("]")
                && message.substring(REPEATED.length(), open).chars().allMatch(digit -> Cursor.isDigit((char) digit));
        return isCount
                ? message.substring(open + " times: [".length(), message.length() - 1)
                        .stripLeading()
                : message;
    }

    /** rsyslog writes a control character as {@code #} and three octal digits. */
    private static String unescaped(String message) {
        StringBuilder plain = new StringBuilder(message.length());
        for (int i = 0; i < message.length(); i++) {
            int character = message.charAt(i) == '#' ? control(message, i + 1) : -1;
            if (character >= 0) {
                plain.append((char) character);
                i += ESCAPE_DIGITS;
            } else {
                plain.append(message.charAt(i));
            }
        }
        return plain.toString();
    }

    private static int control(String message, int from) {
        int value = 0;
        for (int i = from; i < from + ESCAPE_DIGITS; i++) {
            char digit = i < message.length() ? message.charAt(i) : '8';
            if (digit < '0' || digit > '7') {
                return -1;
            }
            value = value * 8 + (digit - '0');
        }
        return value < ' ' ? value : -1;
    }
}
