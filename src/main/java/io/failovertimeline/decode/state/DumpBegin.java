package io.failovertimeline.decode.state;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** A look at a line's first bytes, cheap enough for every line of a log: only what passes is made a text. */
final class DumpBegin {

    private static final int MOST_BLANKS = 8;
    private static final byte[] IN_RECOVERY = bytes("pg_is_in_recovery");
    private static final List<byte[]> WORDS = Stream.of(
                    "+ Cluster:",
                    "+ Citus cluster:",
                    "+--",
                    "|",
                    "-[ RECORD ",
                    "- Cluster: ",
                    "- Group: ",
                    "- Host: ",
                    "- LSN: ",
                    "- Member: ",
                    "- TL: ",
                    "/",
                    "TL\t",
                    "Cluster\t",
                    "Group\t",
                    "Member\t",
                    "TIME ")
            .map(DumpBegin::bytes)
            .toList();
    private static final List<byte[]> NAMES = JsonDump.FIRST_NAMES.stream()
            .sorted()
            .map(name -> bytes(name + '"'))
            .toList();

    private DumpBegin() {}

    /** Whether a dump may begin with the line in {@code bytes} from {@code from} to {@code to}, exclusive. */
    static boolean mayBe(byte[] bytes, int from, int to) {
        int begin = from;
        while (begin < to && bytes[begin] == ' ' && begin - from < MOST_BLANKS) {
            begin++;
        }
        if (begin == to) {
            return false;
        }
        byte first = bytes[begin];
        return switch (first) {
            case '{', '[' -> isJson(bytes, begin, to);
            case '+', '|', '-', '/', 'T', 'C', 'G', 'M' -> startsWithAny(WORDS, bytes, begin, to);
            default -> isHeader(bytes, begin, to) || isMemberId(bytes, begin, to);
        };
    }

    private static boolean isJson(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (bytes[at] == '{' || bytes[at] == '[' || bytes[at] == ' ')) {
            at++;
        }
        if (at == to) {
            return true;
        }
        return bytes[at] == '"' ? startsWithAny(NAMES, bytes, at + 1, to) : isDigit(bytes[at]) && at - from > 1;
    }

    /** Names between bars, all in lower case. */
    private static boolean isHeader(byte[] bytes, int from, int to) {
        boolean bar = false;
        for (int i = from; i < to; i++) {
            byte each = bytes[i];
            bar |= each == '|';
            if (!(each >= 'a' && each <= 'z') && !isDigit(each) && "_ |?".indexOf(each) < 0) {
                return false;
            }
        }
        return bar || startsWith(bytes, from, to, IN_RECOVERY);
    }

    private static boolean isMemberId(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (isDigit(bytes[at]) || (bytes[at] >= 'a' && bytes[at] <= 'f'))) {
            at++;
        }
        return at - from >= 8 && at + 2 < to && bytes[at] == ',' && bytes[at + 1] == ' ';
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    private static boolean startsWithAny(List<byte[]> words, byte[] bytes, int from, int to) {
        for (byte[] word : words) {
            if (startsWith(bytes, from, to, word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] bytes, int from, int to, byte[] word) {
        if (to - from < word.length) {
            return false;
        }
        for (int i = 0; i < word.length; i++) {
            if (bytes[from + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
