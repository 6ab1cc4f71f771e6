package io.failovertimeline.decode.load;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;

/**
 * The fields of a line of {@code option httplog} or {@code option tcplog}, read as bytes. One of these is reused for all lines of a
 * source.
 *
 * <pre>{@code
 * 10.0.0.9:40112 [10/Dec/2023:16:19:54.575] web app/app1 0/0/1/12/13 200 512 - - ---- 1/1/0/0/0 0/0 "GET /cities/17 HTTP/1.1"
 * 10.0.0.9:40112 [10/Dec/2023:16:19:54.575] pg pg/db2 1/0/2471 212 -- 5/5/5/5/0 0/0
 * }</pre>
 */
final class HaproxyLine {

    private static final int LONGEST = 8192;
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final byte[] TIME = "[00/aaa/0000:00:00:00.000]".getBytes(StandardCharsets.US_ASCII);

    private static final int CLIENT = 0;
    private static final int ACCEPTED = 1;
    private static final int FRONTEND = 2;
    private static final int SERVER = 3;
    private static final int TIMERS = 4;
    private static final int SESSION_TIMERS = 3;

    private static final int SESSION_BYTES = 5;
    private static final int SESSION_STATE = 6;
    private static final int REQUEST_TIMERS = 5;
    private static final int REQUEST_STATUS = 5;
    private static final int REQUEST_BYTES = 6;
    private static final int REQUEST_COOKIE = 7;
    private static final int RESPONSE_COOKIE = 8;
    private static final int REQUEST_STATE = 9;

    private final Fields fields = new Fields();
    private final long[] timers = new long[REQUEST_TIMERS];
    private final long[] counts = new long[REQUEST_TIMERS];
    private byte[] bytes = new byte[0];
    private LocalDateTime begin = LocalDateTime.MIN;
    private boolean isSession;
    private int status;
    private int state;

    /** Whether the bytes from {@code from} to {@code to} are such a line; only then the rest can be asked. */
    boolean read(byte[] line, int from, int to) {
        if (to - from > LONGEST) {
            return false;
        }
        bytes = line;
        fields.plain(line, from, to, ' ');
        return isClient() && isTime() && isText(FRONTEND, 200) && isText(SERVER, 400) && isRest();
    }

    /** The wall clock's time at which the request came, or the session was accepted. */
    LocalDateTime begin() {
        return begin;
    }

    /** Whether it tells of a session ({@code option tcplog}), not of a request. */
    boolean isSession() {
        return isSession;
    }

    /** How long it took; zero if that is not known. */
    Duration took() {
        return Duration.ofMillis(Math.max(0, timers[isSession ? SESSION_TIMERS - 1 : REQUEST_TIMERS - 1]));
    }

    /** Of a session, whether the server had accepted it. */
    boolean wasOpen() {
        return timers[1] >= 0;
    }

    /** Of a request, that of the answer; below 100 if there was none. */
    int status() {
        return status;
    }

    /** The first two letters of the state at its end. */
    String state() {
        return new String(bytes, fields.from(state), 2, StandardCharsets.US_ASCII);
    }

    /** By the request that stands in quotes at the line's end; by the frontend where it is cut or was never sent. */
    String endpoint(EndpointNames names) {
        int method = isSession ? 0 : method();
        boolean isKnown = method > 0 && method + 1 < fields.count() && !fields.isAt(method, 1, '<');
        if (isKnown) {
            fields.narrow(method, 1, 0);
            fields.narrow(method + 1, 0, bytes[fields.to(method + 1) - 1] == '"' ? 1 : 0);
            return names.given(fields, -1, method, method + 1);
        }
        boolean isEncrypted = bytes[fields.to(FRONTEND) - 1] == '~';
        fields.narrow(FRONTEND, 0, isEncrypted ? 1 : 0);
        return names.given(fields, FRONTEND, -1, -1);
    }

    private int method() {
        for (int field = REQUEST_STATE + 3; field < fields.count(); field++) {
            if (fields.isAt(field, 0, '"')) {
                return field;
            }
        }
        return 0;
    }

    private boolean isClient() {
        int end = fields.to(CLIENT);
        int colon = end;
        while (colon > fields.from(CLIENT) && bytes[colon - 1] != ':') {
            colon--;
        }
        int address = colon - 1 - fields.from(CLIENT);
        return address >= 1 && address <= 100 && end - colon <= 5 && behindDigits(colon, end) == end && end > colon;
    }

    private boolean isText(int field, int most) {
        int length = fields.to(field) - fields.from(field);
        return length >= 1 && length <= most;
    }

    private boolean isTime() {
        int from = fields.from(ACCEPTED);
        if (fields.to(ACCEPTED) - from != TIME.length) {
            return false;
        }
        for (int i = 0; i < TIME.length; i++) {
            boolean fits =
                    switch (TIME[i]) {
                        case 'a' -> true;
                        case '0' -> isDigit(bytes[from + i]);
                        default -> bytes[from + i] == TIME[i];
                    };
            if (!fits) {
                return false;
            }
        }
        int month = MONTHS.indexOf(new String(bytes, from + 4, 3, StandardCharsets.US_ASCII));
        return month >= 0 && month % 3 == 0 && isDate(from, month / 3 + 1);
    }

    private boolean isDate(int from, int month) {
        try {
            begin = LocalDateTime.of(
                    digits(from + 8, 4),
                    month,
                    digits(from + 1, 2),
                    digits(from + 13, 2),
                    digits(from + 16, 2),
                    digits(from + 19, 2),
                    digits(from + 22, 3) * 1_000_000);
            return true;
        } catch (DateTimeException noSuchDate) {
            return false;
        }
    }

    private boolean isRest() {
        int count = numbers(TIMERS, timers);
        isSession = count == SESSION_TIMERS;
        if (isSession) {
            state = SESSION_STATE;
            return isSize(SESSION_BYTES) && isState(2) && areCounts();
        }
        state = REQUEST_STATE;
        return count == REQUEST_TIMERS
                && isStatus()
                && isSize(REQUEST_BYTES)
                && isText(REQUEST_COOKIE, 200)
                && isText(RESPONSE_COOKIE, 200)
                && isState(4)
                && areCounts();
    }

    private boolean isState(int length) {
        return fields.to(state) - fields.from(state) == length;
    }

    private boolean areCounts() {
        return numbers(state + 1, counts) == 5 && numbers(state + 2, counts) == 2;
    }

    private boolean isStatus() {
        int from = fields.from(REQUEST_STATUS);
        int to = fields.to(REQUEST_STATUS);
        int first = fields.isAt(REQUEST_STATUS, 0, '-') ? from + 1 : from;
        boolean isNumber = to > first && to - first <= 3 && behindDigits(first, to) == to;
        status = !isNumber || first > from ? -1 : digits(from, to - from);
        return isNumber;
    }

    private boolean isSize(int field) {
        int first = fields.isAt(field, 0, '+') ? fields.from(field) + 1 : fields.from(field);
        int to = fields.to(field);
        return to > first && to - first <= 18 && behindDigits(first, to) == to;
    }

    /**
     * Takes the numbers that slashes part, of at most 12 digits each. One may have a plus before it, as the line was written before the
     * request's end. How many they are; -1 if the field is anything else.
     */
    private int numbers(int field, long[] into) {
        int at = fields.from(field);
        int end = fields.to(field);
        for (int count = 0; count < into.length; count++) {
            boolean isNegative = at < end && bytes[at] == '-';
            int first = isNegative || (at < end && bytes[at] == '+') ? at + 1 : at;
            int behind = behindDigits(first, Math.min(end, first + 12));
            if (behind == first) {
                return -1;
            }
            into[count] = number(first, behind) * (isNegative ? -1 : 1);
            if (behind == end) {
                return count + 1;
            }
            if (bytes[behind] != '/') {
                return -1;
            }
            at = behind + 1;
        }
        return -1;
    }

    private int behindDigits(int from, int to) {
        int at = from;
        while (at < to && isDigit(bytes[at])) {
            at++;
        }
        return at;
    }

    private int digits(int from, int count) {
        return (int) number(from, from + count);
    }

    private long number(int from, int to) {
        long number = 0;
        for (int at = from; at < to; at++) {
            number = number * 10 + bytes[at] - '0';
        }
        return number;
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }
}
