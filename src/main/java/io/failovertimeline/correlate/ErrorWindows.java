package io.failovertimeline.correlate;

import io.failovertimeline.model.*;
import java.util.*;

public final class ErrorWindows {
    private ErrorWindows() {}

    public static List<ErrorWindow> of(Collection<LoadBucket> b) {
        return List.of();
    }
}
