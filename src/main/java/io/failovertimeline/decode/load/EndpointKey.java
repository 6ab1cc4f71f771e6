package io.failovertimeline.decode.load;

import java.util.Arrays;

/**
 * What {@link EndpointName} names a request by, as bytes: the generator's own name, or method and path, with each number of the path
 * replaced where these make no difference. Requests with the same key have the same name. One object is used for all of a source.
 */
final class EndpointKey {

    private static final byte OWN = 1;
    private static final byte PATH = 2;
    private static final byte NUMBER = '0';

    /** A longer text has no key. */
    private static final int LONGEST = 200;

    private final byte[] raw = new byte[LONGEST + 1];
    private final byte[] key = new byte[LONGEST + 2];
    private int rawLength;
    private int keyLength;

    /**
     * Takes the key of a request; false if its text is too long, or more than ASCII, to have one.
     *
     * @param areNumbersAlike whether the numbers of a path make no difference
     */
    boolean read(Fields row, int name, int method, int url, boolean areNumbersAlike) {
        boolean isNamed = row.length(name) > 0;
        int address = isNamed ? name : url;
        int size = row.length(method) + 1 + row.length(address);
        if (size > LONGEST || row.length(address) == 0 || areEscaped(row, method, address)) {
            return false;
        }
        int scheme = behindScheme(row, address);
        boolean isOwn = isNamed && scheme < 0 && !row.isSame(name, row, url);
        rawLength = 0;
        if (isOwn) {
            add(row, row.from(name), row.to(name));
        } else if (row.length(method) > 0) {
            add(row, row.from(method), row.to(method));
            raw[rawLength++] = ' ';
        }
        int path = rawLength;
        if (!isOwn) {
            path(row, address, scheme);
        }
        key[0] = isOwn ? OWN : PATH;
        copy(areNumbersAlike ? path : rawLength);
        return isAscii();
    }

    private static boolean areEscaped(Fields row, int method, int address) {
        return row.hasQuotesWithin(method) || row.hasQuotesWithin(address);
    }

    private void add(Fields row, int from, int to) {
        System.arraycopy(row.bytes(), from, raw, rawLength, to - from);
        rawLength += to - from;
    }

    /** Where the authority begins; negative if there is none. */
    private static int behindScheme(Fields row, int field) {
        byte[] bytes = row.bytes();
        int at = row.from(field);
        int to = row.to(field);
        if (at == to || !isLetter(bytes[at])) {
            return -1;
        }
        while (at < to && isOfScheme(bytes[at])) {
            at++;
        }
        boolean isScheme = at + 2 < to && bytes[at] == ':' && bytes[at + 1] == '/' && bytes[at + 2] == '/';
        return isScheme ? at + 3 : -1;
    }

    private static boolean isLetter(byte character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private static boolean isOfScheme(byte character) {
        return isLetter(character) || isDigit(character) || "+.-".indexOf(character) >= 0;
    }

    private void path(Fields row, int address, int scheme) {
        byte[] bytes = row.bytes();
        int from = Math.max(scheme, row.from(address));
        int to = row.to(address);
        int end = from;
        int slash = -1;
        while (end < to && bytes[end] != '?' && bytes[end] != '#') {
            slash = slash < 0 && bytes[end] == '/' ? end : slash;
            end++;
        }
        if (scheme < 0) {
            add(row, from, end);
        } else if (slash < 0) {
            raw[rawLength++] = '/';
        } else {
            add(row, slash, end);
        }
    }

    /** The key is the text; from {@code path} on, a number between slashes is any number. */
    private void copy(int path) {
        System.arraycopy(raw, 0, key, 1, path);
        keyLength = 1 + path;
        int segment = keyLength;
        boolean isNumber = true;
        for (int at = path; at <= rawLength; at++) {
            boolean isEnd = at == rawLength || raw[at] == '/';
            if (isEnd && isNumber && keyLength > segment) {
                keyLength = segment;
                key[keyLength++] = NUMBER;
            }
            if (at < rawLength) {
                key[keyLength++] = raw[at];
            }
            isNumber = isEnd || (isNumber && isDigit(raw[at]));
            segment = isEnd ? keyLength : segment;
        }
    }

    private boolean isAscii() {
        for (int at = 0; at < rawLength; at++) {
            if (raw[at] < 0) {
                return false;
            }
        }
        return true;
    }

    byte[] bytes() {
        return key;
    }

    int length() {
        return keyLength;
    }

    /** What the request was called, before anything was replaced. */
    byte[] example() {
        return Arrays.copyOf(raw, rawLength);
    }

    /** Whether what the request was called comes before {@code example} by alphabet. */
    boolean isBefore(byte[] example) {
        return Arrays.compare(raw, 0, rawLength, example, 0, example.length) < 0;
    }
}
