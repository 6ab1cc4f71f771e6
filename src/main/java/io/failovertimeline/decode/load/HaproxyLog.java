package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Request lines of HAProxy without an envelope, as {@code log stdout format raw} writes them. Its words on servers stand between them. */
final class HaproxyLog implements LoadDecoder {

    private final ZoneId zone;
    private final EndpointNames names;

    HaproxyLog(LoadContext context) {
        zone = context.zone();
        names = context.names();
    }

    /** Whether {@code line} is a request line. */
    static boolean isLine(RawLine line) {
        return HaproxyRequest.mayBe(line.bytes(), line.from(), line.from() + line.length())
                && line.text()
                        .flatMap(text -> HaproxyRequest.read(
                                text, ZoneOffset.UTC, Optional.empty(), new EndpointNames(EndpointPatterns.NONE)))
                        .isPresent();
    }

    @Override
    public String format() {
        return "haproxy-requests";
    }

    @Override
    public Outcome decode(byte[] bytes, int from, int to, Origin origin) {
        RawLine line = new RawLine(bytes, from, to, origin);
        if (!HaproxyRequest.mayBe(bytes, line.from(), line.from() + line.length())) {
            return line.isUtf8() ? RawLine.nothing() : line.unreadable(Reason.NOT_UTF_8);
        }
        return line.text()
                .flatMap(text -> HaproxyRequest.read(text, zone, Optional.empty(), names))
                .orElseGet(() -> line.unreadable(Reason.BROKEN_RESULT));
    }
}
