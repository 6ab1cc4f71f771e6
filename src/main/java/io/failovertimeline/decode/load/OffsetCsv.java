package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import java.util.Optional;

/**
 * The CSV of hey ({@code -o csv}) and oha ({@code --output-format csv}): times count from the begin of the run, which the file does not
 * tell, so without the user's word nothing can be placed. Requests that got no response are not in it: an outage shows as silence.
 */
final class OffsetCsv implements LoadDecoder {

    /** Who writes which columns. */
    enum Tool {
        HEY("hey", "offset", "response-time", "status-code"),
        OHA("oha", "request-start", "request-duration", "status");

        private final String generator;
        private final String start;
        private final String latency;
        private final String status;

        Tool(String generator, String start, String latency, String status) {
            this.generator = generator;
            this.start = start;
            this.latency = latency;
            this.status = status;
        }
    }

    private final Tool tool;
    private final LoadContext context;
    private final Fields fields = new Fields();
    private final Moment start = new Moment();
    private final CurrentRequest request;
    private Optional<Columns> columns = Optional.empty();
    private boolean isTold;

    OffsetCsv(Tool tool, LoadContext context) {
        this.tool = tool;
        this.context = context;
        request = new CurrentRequest(tool.generator);
    }

    /** Whose header {@code line} is; empty if none's. */
    static Optional<Tool> ofHeader(RawLine line) {
        Fields fields = new Fields();
        if (line.length() > 300 || fields.csv(line, ',') != Fields.Split.WHOLE) {
            return Optional.empty();
        }
        Columns columns = new Columns(fields);
        for (Tool tool : Tool.values()) {
            if (columns.have(tool.start, tool.latency, tool.status)) {
                return Optional.of(tool);
            }
        }
        return Optional.empty();
    }

    @Override
    public String format() {
        return tool.generator + "-csv";
    }

    @Override
    public Outcome decode(byte[] bytes, int from, int to, Origin origin) {
        RawLine line = new RawLine(bytes, from, to, origin);
        if (line.isBlank()) {
            return RawLine.nothing();
        }
        if (fields.csv(line, ',') != Fields.Split.WHOLE) {
            return line.unreadable(Reason.BROKEN_CSV);
        }
        if (columns.isEmpty() || ofHeader(line).isPresent()) {
            columns = Optional.of(new Columns(fields)).filter(its -> its.have(tool.start, tool.latency, tool.status));
            return columns.isPresent() ? RawLine.nothing() : line.unreadable(Reason.MISSING_FIELD);
        }
        return context.start().isPresent() ? row(columns.get(), context.start().get(), line) : unplaced(line);
    }

    /** One word on all rows. */
    private Outcome unplaced(RawLine line) {
        if (isTold) {
            return RawLine.nothing();
        }
        isTold = true;
        return line.unreadable(Reason.NO_START);
    }

    private Outcome row(Columns its, Timestamp begin, RawLine line) {
        long offset = Latency.of(fields, its.of(tool.start), Latency.Unit.SECONDS);
        long latency = Latency.of(fields, its.of(tool.latency), Latency.Unit.SECONDS);
        long status = fields.number(its.of(tool.status));
        boolean areNumbers = offset != Latency.NONE && latency != Latency.NONE && status >= 0 && status <= 999;
        if (fields.count() != its.count() || !areNumbers) {
            return line.unreadable(Reason.BROKEN_CSV);
        }
        boolean failed = status < 200 || status >= 400;
        Precision precision = begin.precision().compareTo(Precision.MILLIS) > 0 ? begin.precision() : Precision.MILLIS;
        return request.told(
                context.names().given("", "", ""),
                start.at(begin.at().plusNanos(offset), precision),
                latency,
                failed ? ErrorText.ofStatus((int) status) : "");
    }
}
