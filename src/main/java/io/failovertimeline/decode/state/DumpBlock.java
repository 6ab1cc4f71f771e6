package io.failovertimeline.decode.state;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines of one state dump, being gathered: from its header to its end, at most {@value #MOST_LINES} and {@value #MOST_BYTES}
 * bytes. Whether they are a dump shows only when all of them are there.
 */
public final class DumpBlock {

    /** Lines of the longest block. */
    public static final int MOST_LINES = 1000;

    /** Bytes of the longest block, but for a single line. */
    public static final int MOST_BYTES = 256 << 10;

    /** The first that begins with a line takes it. */
    private static final List<DumpFormat> FORMATS = List.of(
            new BoxedTable(),
            new PsqlTable(),
            new ExpandedTable(),
            new TabTable(),
            new YamlList(),
            new JsonDump(),
            new DcsKeys(),
            new Retransmits(),
            new EtcdMemberLines());

    private final DumpFormat format;
    private final Extent extent;
    private final List<String> lines = new ArrayList<>();
    private final ByteArrayOutputStream value = new ByteArrayOutputStream();
    private final int repeated;

    private DumpBlock(DumpFormat format, String line, byte[] bytes, int from, int to) {
        this.format = format;
        this.extent = format.extent(line);
        this.repeated = 0;
        add(line, bytes, from, to);
    }

    private DumpBlock(DumpFormat format, List<String> head) {
        this.format = format;
        this.extent = format.extent(head.get(0));
        this.repeated = head.size();
        head.forEach(line -> {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            add(line, bytes, 0, bytes.length);
        });
        head.stream().skip(1).forEach(extent::takes);
    }

    /** A block that begins with the line in {@code bytes} from {@code from} to {@code to}, exclusive; empty if no dump does. */
    public static Optional<DumpBlock> begin(byte[] bytes, int from, int to) {
        if (to - from > MOST_BYTES || !DumpBegin.mayBe(bytes, from, to)) {
            return Optional.empty();
        }
        String line = text(bytes, from, to);
        return FORMATS.stream()
                .filter(format -> format.begins(line))
                .findFirst()
                .map(format -> new DumpBlock(format, line, bytes, from, to));
    }

    /** The dump that {@code bytes} from {@code from} to {@code to} are, all their lines; empty if they are none. */
    public static Optional<StateDump> read(byte[] bytes, int from, int to) {
        int end = endOfLine(bytes, from, to);
        Optional<DumpBlock> block = begin(bytes, from, end);
        while (block.isPresent() && end < to) {
            int next = end + 1;
            end = endOfLine(bytes, next, to);
            boolean atEnd = next == to;
            if (!atEnd && (block.get().isFull(end - next) || !block.get().goesOn(bytes, next, end))) {
                return Optional.empty();
            }
        }
        return block.flatMap(DumpBlock::dump);
    }

    private static int endOfLine(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    /** Whether a line of {@code bytes} bytes more would be too much. */
    public boolean isFull(int bytes) {
        return lines.size() >= MOST_LINES || value.size() + 1 + bytes > MOST_BYTES;
    }

    /** Takes the next line if it belongs to the dump. */
    public boolean goesOn(byte[] bytes, int from, int to) {
        String line = text(bytes, from, to);
        boolean belongs = extent.takes(line);
        if (belongs) {
            add(line, bytes, from, to);
        }
        return belongs;
    }

    private void add(String line, byte[] bytes, int from, int to) {
        if (!lines.isEmpty()) {
            value.write('\n');
        }
        value.write(bytes, from, to - from);
        lines.add(line);
    }

    /** Where the table goes on after it was cut: a block with its header and no rows yet; empty if it can't be cut. */
    public Optional<DumpBlock> rest() {
        List<String> head = format.head(lines);
        return head.isEmpty() ? Optional.empty() : Optional.of(new DumpBlock(format, head));
    }

    /** What the lines tell; empty if they only looked like a dump, or are not all UTF-8. */
    public Optional<StateDump> dump() {
        boolean replaced = lines.stream().anyMatch(line -> line.indexOf('\uFFFD') >= 0);
        return replaced ? Optional.empty() : format.read(lines);
    }

    /** How many lines were read for it, without the header that {@link #rest()} repeats. */
    public int lines() {
        return lines.size() - repeated;
    }

    /** How many lines in front were not read for it. */
    public int repeated() {
        return repeated;
    }

    /** All its lines, each but the last ended by a line feed. */
    public byte[] value() {
        return value.toByteArray();
    }

    private static String text(byte[] bytes, int from, int to) {
        int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }
}
