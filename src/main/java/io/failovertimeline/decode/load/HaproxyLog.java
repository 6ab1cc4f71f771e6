package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Request lines of HAProxy without an envelope, as {@code log stdout format raw} writes them. Its words on servers stand between them. */
final class HaproxyLog implements LoadDecoder {

    private final ZoneId zone;
    private final HaproxyRequest request;

    HaproxyLog(LoadContext context) {
        zone = context.zone();
        request = new HaproxyRequest(context.names());
    }

    /** Whether {@code line} is a request line. */
    static boolean isLine(RawLine line) {
        return isRequest(line)
                && new HaproxyRequest(new EndpointNames(EndpointPatterns.NONE))
                        .read(line.bytes(), line.from(), line.to(), ZoneOffset.UTC, Optional.empty())
                        .isPresent();
    }

    private static boolean isRequest(RawLine line) {
        return HaproxyRequest.mayBe(line.bytes(), line.from(), line.to()) && line.isUtf8();
    }

    @Override
    public String format() {
        return "haproxy-requests";
    }

    @Override
    public Outcome decode(byte[] bytes, int from, int to, Origin origin) {
        RawLine line = new RawLine(bytes, from, to, origin);
        if (!line.isUtf8()) {
            return line.unreadable(Reason.NOT_UTF_8);
        }
        return HaproxyRequest.mayBe(bytes, line.from(), line.to())
                ? request.read(bytes, line.from(), line.to(), zone, Optional.empty())
                        .orElseGet(() -> line.unreadable(Reason.BROKEN_RESULT))
                : RawLine.nothing();
    }
}
