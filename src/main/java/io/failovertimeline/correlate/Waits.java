package io.failovertimeline.correlate;

import io.failovertimeline.model.ErrorWindow;
import io.failovertimeline.model.WindowKind;
import java.util.ArrayList;
import java.util.List;

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
        waits.sort(ErrorWindows.ORDER);
        return waits;
    }
}
