package io.failovertimeline.correlate;

import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.WindowKind;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Tells when clients had to wait though their requests did not fail: {@link Stalls}, and around these {@link SlowRuns}. */
final class Waits {

    private Waits() {}

    /**
     * The windows without failures that {@code all} tell of.
     *
     * @param failures the windows of failures of the same requests
     */
    static List<ErrorWindow> in(List<LoadSeries> all, List<ErrorWindow> failures) {
        List<ErrorWindow> waits = new ArrayList<>();
        for (LoadSeries series : all) {
            List<ErrorWindow> taken = new ArrayList<>(failures.stream()
                    .filter(window -> window.kind() != WindowKind.ISOLATED
                            && window.generator().equals(series.generator())
                            && window.endpoint().equals(series.endpoint()))
                    .toList());
            List<ErrorWindow> stalls = Stalls.in(series, taken);
            taken.addAll(stalls);
            taken.sort(ErrorWindows.ORDER);
            waits.addAll(stalls);
            waits.addAll(SlowRuns.in(series, taken));
        }
        generators(all).forEach(endpoints -> waits.addAll(ofAll(endpoints, failures, List.copyOf(waits))));
        waits.sort(ErrorWindows.ORDER);
        return waits;
    }

    /** The series of each generator that has several. */
    private static List<List<LoadSeries>> generators(List<LoadSeries> all) {
        return all.stream()
                .collect(Collectors.groupingBy(LoadSeries::generator, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .filter(endpoints -> endpoints.size() > 1)
                .toList();
    }

    /** The stalls of all of a generator's endpoints, where no endpoint's own stall tells of them already. */
    private static List<ErrorWindow> ofAll(
            List<LoadSeries> endpoints, List<ErrorWindow> failures, List<ErrorWindow> known) {
        String generator = endpoints.get(0).generator();
        List<ErrorWindow> own = failures.stream()
                .filter(window -> window.generator().equals(generator))
                .toList();
        return Stalls.ofAll(endpoints, own).stream()
                .filter(stall -> known.stream()
                        .noneMatch(window -> window.kind() == WindowKind.STALL
                                && window.generator().equals(generator)
                                && window.from().isBefore(stall.to())
                                && window.to().isAfter(stall.from())))
                .toList();
    }
}
