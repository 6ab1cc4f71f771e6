package io.failovertimeline.publish;

import static java.util.stream.Collectors.joining;

import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.Stall;
import io.failovertimeline.model.WindowKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Failed requests and waits that no incident explains: the serious ones a row each, the stray ones in a sentence. */
record TextErrorWindows(Findings findings, TextTime time) {

    void writeTo(Page page) {
        List<ErrorWindow> windows = findings.windowsOf("");
        if (windows.isEmpty()) {
            return;
        }
        page.section("What clients felt that no incident explains");
        List<ErrorWindow> severe = windows.stream()
                .filter(window -> window.kind() != WindowKind.ISOLATED)
                .toList();
        if (!severe.isEmpty()) {
            page.table(
                    List.of("kind", "endpoint", "from", "to", "outage", "failed", "why"),
                    severe.stream().map(window -> row(window)).toList(),
                    List.of(4, 5));
        }
        strays(windows).ifPresent(page::prose);
    }

    private List<String> row(ErrorWindow window) {
        return List.of(
                window.kind().name(),
                window.generator() + " " + window.endpoint(),
                time.dateAndClock(window.from()),
                time.clockNear(window.to(), window.from()),
                TextTime.span(window.outage()),
                window.failedRequests() + " of " + window.requests(),
                why(window));
    }

    private static String why(ErrorWindow window) {
        return window.slowness()
                .map(slow -> slow.slowRequests() + " took more than " + TextTime.span(slow.limit()) + ", usual "
                        + TextTime.span(slow.usual()))
                .or(() -> window.stall().map(TextErrorWindows::stall))
                .orElseGet(() -> errors(window.errors()));
    }

    /** {@code 40/s before, 0/s, 41/s after; 10 hung}. */
    private static String stall(Stall stall) {
        return rate(stall.ratePerSecondBefore()) + " before, " + rate(stall.ratePerSecondDuring()) + ", "
                + rate(stall.ratePerSecondAfter()) + " after; "
                + (stall.hungRequests() > 0 ? stall.hungRequests() + " hung" : "hung or paused: unknown");
    }

    private static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 10 ? "%.1f/s" : "%.0f/s", perSecond);
    }

    private static Optional<String> strays(List<ErrorWindow> windows) {
        List<ErrorWindow> isolated = windows.stream()
                .filter(window -> window.kind() == WindowKind.ISOLATED)
                .toList();
        if (isolated.isEmpty()) {
            return Optional.empty();
        }
        long failed = isolated.stream().mapToLong(ErrorWindow::failedRequests).sum();
        SortedMap<String, Long> errors = new TreeMap<>();
        isolated.forEach(window -> window.errors().forEach((error, count) -> errors.merge(error, count, Long::sum)));
        return Optional.of(TextReport.counted(failed, "stray failure") + (failed == 1 ? ": " : ", each by itself: ")
                + errors(errors) + ".");
    }

    private static String errors(SortedMap<String, Long> errors) {
        return errors.entrySet().stream()
                .map(error -> error.getKey() + " ×" + error.getValue())
                .collect(joining(", "));
    }
}
