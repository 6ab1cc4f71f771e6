package io.failovertimeline.decode.load;

import io.failovertimeline.model.Origin;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Puts rows together again whose quoted fields have line breaks in them. A row is bounded: a quote that never ends is given up. */
final class CsvRows {

    private static final int LONGEST = 1 << 18;

    private final Fields fields;
    private final char delimiter;
    private final ByteArrayOutputStream open = new ByteArrayOutputStream(0);
    private Optional<Origin> begin = Optional.empty();
    private boolean isWhole;

    /** Splits rows into {@code fields}. */
    CsvRows(Fields fields, char delimiter) {
        this.fields = fields;
        this.delimiter = delimiter;
    }

    /** The row that ends with {@code line}; empty while a field is open. */
    Optional<RawLine> row(RawLine line) {
        RawLine whole = begin.isEmpty() ? line : joined(line);
        Fields.Split split = fields.csv(whole, delimiter);
        if (split == Fields.Split.OPEN && whole.length() <= LONGEST) {
            hold(line);
            return Optional.empty();
        }
        isWhole = split == Fields.Split.WHOLE;
        begin = Optional.empty();
        open.reset();
        return Optional.of(whole);
    }

    /** Whether the last row could be split. */
    boolean isWhole() {
        return isWhole;
    }

    private RawLine joined(RawLine line) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(open.size() + line.length());
        bytes.writeBytes(open.toByteArray());
        bytes.write(line.bytes(), line.from(), line.length());
        return new RawLine(bytes.toByteArray(), 0, bytes.size(), begin.orElse(line.origin()));
    }

    private void hold(RawLine line) {
        if (begin.isEmpty()) {
            begin = Optional.of(line.origin());
        }
        open.write(line.bytes(), line.from(), line.length());
        open.write('\n');
    }
}
