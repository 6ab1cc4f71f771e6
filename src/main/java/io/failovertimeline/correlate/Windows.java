package io.failovertimeline.correlate;

import io.failovertimeline.model.ClientImpact;
import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.WindowKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The error windows that belong to one incident. */
record Windows(List<ErrorWindow> windows) {

    Windows {
        windows = List.copyOf(windows);
    }

    /** The windows of {@code all} in which requests failed between {@code from} and {@code to}. */
    static Windows within(List<ErrorWindow> all, Instant from, Instant to) {
        return new Windows(all.stream()
                .filter(window -> !window.precision().endOf(window.to()).isBefore(from)
                        && !window.from().isAfter(to))
                .toList());
    }

    Windows and(Windows more) {
        return new Windows(Stream.concat(windows.stream(), more.windows.stream())
                .distinct()
                .toList());
    }

    Optional<Instant> firstFailure() {
        return windows.stream()
                .filter(window -> window.kind() != WindowKind.ISOLATED)
                .map(ErrorWindow::from)
                .min(Comparator.naturalOrder());
    }

    Optional<Instant> lastFailure() {
        return windows.stream()
                .filter(window -> window.kind() != WindowKind.ISOLATED)
                .map(ErrorWindow::to)
                .max(Comparator.naturalOrder());
    }

    /** When every endpoint that had failed was served again; empty if none failed or one still does. */
    Optional<Instant> restored() {
        if (windows.stream().anyMatch(window -> window.servedAgain().isEmpty())) {
            return Optional.empty();
        }
        return windows.stream().flatMap(window -> window.servedAgain().stream()).max(Comparator.naturalOrder());
    }

    boolean over() {
        return windows.stream().allMatch(window -> window.servedAgain().isPresent());
    }

    /** What each endpoint's clients felt, all windows of the endpoint together. */
    List<ClientImpact> impact() {
        record Target(String generator, String endpoint) {}
        return windows.stream()
                .collect(Collectors.groupingBy(window -> new Target(window.generator(), window.endpoint())))
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().generator() + "\0"
                                + entry.getKey().endpoint(),
                        entry -> impact(entry.getValue()),
                        (a, b) -> a,
                        TreeMap::new))
                .values()
                .stream()
                .toList();
    }

    private static ClientImpact impact(List<ErrorWindow> ofEndpoint) {
        List<ErrorWindow> inOrder = new ArrayList<>(ofEndpoint);
        inOrder.sort(Comparator.comparing(ErrorWindow::from));
        ErrorWindow first = inOrder.get(0);
        ErrorWindow last = inOrder.get(inOrder.size() - 1);
        return new ClientImpact(
                first.generator(),
                first.endpoint(),
                first.from(),
                last.to(),
                last.servedAgain(),
                inOrder.stream().mapToLong(ErrorWindow::requests).sum(),
                inOrder.stream().mapToLong(ErrorWindow::failedRequests).sum(),
                inOrder.stream().map(ErrorWindow::outage).reduce(Duration.ZERO, Duration::plus));
    }
}
