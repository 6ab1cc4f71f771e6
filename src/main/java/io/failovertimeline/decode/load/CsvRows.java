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

    /** Splits rows into {@code fields}. */
    CsvRows(Fields fields, char delimiter) {
        this.fields = fields;
        this.delimiter = delimiter;
    }

    /** What a line came to. */
    record Row(RawLine line, Fields.Split split) {}

    /** The row that ends with {@code line}; empty while a field is open. */
    Optional<Row> row(RawLine line) {
        RawLine whole = begin.isEmpty() ? line : joined(line);
        Fields.Split split = fields.csv(whole, delimiter);
        if (split == Fields.Split.OPEN && whole.length() <= LONGEST) {
            hold(line);
            return Optional.empty();
        }
        begin = Optional.empty();
        open.reset();
        return Optional.of(new Row(whole, split == Fields.Split.OPEN ? Fields.Split.BROKEN : split));
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
