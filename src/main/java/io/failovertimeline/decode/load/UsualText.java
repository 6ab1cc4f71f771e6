package io.failovertimeline.decode.load;

import java.util.Arrays;

/** The text of a field that is the same one in most rows, so that it is made once. */
final class UsualText {

    private byte[] bytes = new byte[0];
    private String text = "";

    /** That of {@code field}, cut as of {@link BoundedText}. */
    String of(Fields row, int field) {
        if (!row.is(field, bytes)) {
            text = BoundedText.of(row.text(field));
            bytes = Arrays.copyOfRange(row.bytes(), row.from(field), row.to(field));
        }
        return text;
    }
}
