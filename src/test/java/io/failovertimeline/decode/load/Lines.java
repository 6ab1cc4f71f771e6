package io.failovertimeline.decode.load;

import io.failovertimeline.decode.Decoded.Reason;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.RequestResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Feeds lines of text to decoders. */
final class Lines {

    static final EndpointNames NAMES = new EndpointNames(EndpointPatterns.NONE);
    static final Origin SOMEWHERE = Origin.line("results", 7);

    private Lines() {}

    static Outcome decode(LoadDecoder decoder, String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return decoder.decode(bytes, 0, bytes.length, SOMEWHERE);
    }

    static Optional<LoadDecoder> detect(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return LoadFormats.detect(bytes, 0, bytes.length);
    }

    /** The requests that {@code lines} hold, fed in order. */
    static List<RequestResult> requests(LoadDecoder decoder, List<String> lines) {
        List<RequestResult> requests = new ArrayList<>();
        lines.forEach(line -> requests.addAll(requests(decode(decoder, line))));
        requests.addAll(decoder.end());
        return requests;
    }

    static List<RequestResult> requests(Outcome outcome) {
        return outcome.match(Outcome.Result::requests, unreadable -> List.of(), List::of);
    }

    static Optional<RequestResult> request(Outcome outcome) {
        return requests(outcome).stream().findFirst();
    }

    static Optional<Reason> reason(Outcome outcome) {
        return outcome.match(
                result -> Optional.empty(), unreadable -> Optional.of(unreadable.reason()), Optional::empty);
    }

    static boolean isNothing(Outcome outcome) {
        return outcome.match(result -> false, unreadable -> false, () -> true);
    }

    /** The lines of a file beside this class's resources, such as {@code switchover.k6.csv}. */
    static List<String> ofFile(String name) {
        try (InputStream in = Objects.requireNonNull(Lines.class.getResourceAsStream("/load/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
