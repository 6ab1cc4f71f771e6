package io.failovertimeline.cli;

import io.failovertimeline.replay.ProgressListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/** One line on the terminal that says how far a long run is; a short one leaves no trace. */
final class ProgressLine implements ProgressListener {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_LINES = Duration.ofMillis(200);
    private static final double MEGABYTE = 1_000_000.0;
    private static final String CLEARED = "\r\u001b[K";

    private final PrintWriter terminal;
    private final InstantSource clock;
    private final Instant began;
    private Instant nextLine;
    private Optional<Long> total = Optional.empty();
    private long done;
    private boolean shown;

    ProgressLine(PrintWriter terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
        this.began = clock.instant();
        this.nextLine = began.plus(PATIENCE);
    }

    @Override
    public void expect(long bytes) {
        total = Optional.of(bytes);
    }

    @Override
    public void read(long bytes) {
        done += bytes;
        Instant now = clock.instant();
        if (now.isBefore(nextLine)) {
            return;
        }
        nextLine = now.plus(BETWEEN_LINES);
        shown = true;
        terminal.print(CLEARED + line(now));
        terminal.flush();
    }

    private String line(Instant now) {
        double perSecond = done * 1000.0 / Duration.between(began, now).toMillis();
        String rate = String.format(Locale.ROOT, "%.1f MB/s", perSecond / MEGABYTE);
        if (total.isEmpty() || total.get() <= done) {
            return String.format(Locale.ROOT, "read %.1f MB, %s", done / MEGABYTE, rate);
        }
        return String.format(
                Locale.ROOT,
                "read %.1f of %.1f MB, %s, %.0f s left",
                done / MEGABYTE,
                total.get() / MEGABYTE,
                rate,
                Math.ceil((total.get() - done) / perSecond));
    }

    @Override
    public void done() {
        if (shown) {
            terminal.print(CLEARED);
            terminal.flush();
        }
    }
}
