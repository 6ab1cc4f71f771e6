package io.failovertimeline.replay;

import io.failovertimeline.decode.Framing;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What kind of bytes an input begins with. */
enum Content {
    TEXT("", ""),
    EMPTY("is empty", ""),
    GZIP("", ""),
    ZSTD("", ""),
    UTF_16("is text in UTF-16", "Convert it: iconv -f UTF-16 -t UTF-8."),
    IMAGE("is a picture", "Logs are read as text; a picture of them is not."),
    PDF("is a PDF document", "Give the text itself."),
    ZIP("is a zip archive", "Unpack it and give the folder."),
    TAR("is a tar archive", "Unpack it and give the folder."),
    OTHER_PACKED("is packed in a way that is not supported", "Unpack it, or pack it as .gz or .zst."),
    JOURNAL_FILE("is a binary journal file", "Export it: journalctl --file FILE -o export."),
    BINARY("is not text", "Give logs or results as text, .gz or .zst.");

    /** How many bytes are needed to tell. */
    static final int HEAD = 8192;

    private static final int TAR_MAGIC = 257;

    private final String what;
    private final String advice;

    Content(String what, String advice) {
        this.what = what;
        this.advice = advice;
    }

    String what() {
        return what;
    }

    String advice() {
        return advice;
    }

    /** The kind of an input that begins with {@code head}. */
    static Content of(byte[] head) {
        if (head.length == 0) {
            return EMPTY;
        }
        return packed(head).or(() -> named(head)).orElseGet(() -> hasZero(head) ? BINARY : TEXT);
    }

    private static Optional<Content> packed(byte[] head) {
        if (begins(head, 0x1f, 0x8b)) {
            return Optional.of(GZIP);
        }
        if (begins(head, 0x28, 0xb5, 0x2f, 0xfd)) {
            return Optional.of(ZSTD);
        }
        if (begins(head, 'P', 'K', 3, 4)) {
            return Optional.of(ZIP);
        }
        boolean isOther = begins(head, 0xfd, '7', 'z', 'X', 'Z')
                || begins(head, 'B', 'Z', 'h')
                || begins(head, '7', 'z', 0xbc, 0xaf)
                || begins(head, 0x04, 0x22, 0x4d, 0x18);
        return isOther ? Optional.of(OTHER_PACKED) : Optional.empty();
    }

    private static Optional<Content> named(byte[] head) {
        if (begins(head, 0xff, 0xfe) || begins(head, 0xfe, 0xff)) {
            return Optional.of(UTF_16);
        }
        if (begins(head, 0x89, 'P', 'N', 'G') || begins(head, 0xff, 0xd8, 0xff) || begins(head, 'G', 'I', 'F', '8')) {
            return Optional.of(IMAGE);
        }
        if (begins(head, '%', 'P', 'D', 'F', '-')) {
            return Optional.of(PDF);
        }
        if (text(head, 0, "LPKSHHRH")) {
            return Optional.of(JOURNAL_FILE);
        }
        if (Framing.of(head) == Framing.JOURNAL_EXPORT) {
            return Optional.of(TEXT); // though its counted bytes may be anything
        }
        return text(head, TAR_MAGIC, "ustar") ? Optional.of(TAR) : Optional.empty();
    }

    private static boolean begins(byte[] head, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= head.length || (head[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean text(byte[] head, int at, String magic) {
        return head.length >= at + magic.length()
                && new String(head, at, magic.length(), StandardCharsets.ISO_8859_1).equals(magic);
    }

    private static boolean hasZero(byte[] head) {
        for (byte value : head) {
            if (value == 0) {
                return true;
            }
        }
        return false;
    }
}
