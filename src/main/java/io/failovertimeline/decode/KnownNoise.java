package io.failovertimeline.decode;

import java.util.List;

/** Lines that journald and syslog write beside the records, and messages whose text is not there. */
final class KnownNoise {

    private static final List<String> MARKS = List.of(
            "-- Boot ",
            "-- Reboot --",
            "-- No entries --",
            "-- Logs begin at ",
            "-- Journal begins at ",
            "-- No journal files were ",
            "-- cursor: ");

    private KnownNoise() {}

    /** Whether {@code line}, which is no record, tells nothing: blank, a mark, the fence of a quotation, the name of a file. */
    static boolean isLine(String line) {
        return line.isBlank()
                || (line.startsWith("-- ") && MARKS.stream().anyMatch(line::startsWith))
                || line.startsWith("```")
                || PartNotes.isFile(line)
                || (line.endsWith(" times") && line.contains(" last message repeated "));
    }

    /** Whether {@code message} stands for bytes that journalctl does not show as text: {@code [1.2K blob data]}. */
    static boolean isMessage(String message) {
        return message.length() < 24 && message.startsWith("[") && message.endsWith(" blob data]");
    }
}
