package io.failovertimeline.replay;

import io.failovertimeline.model.RequestResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names load generators so that nothing is counted twice: results of one tool in two formats are most likely the same run, written
 * twice, and are reported side by side.
 */
public final class Generators {

    private final Map<String, Set<String>> formatsOfTool = new HashMap<>();

    /** For the inputs of one run. */
    public Generators(List<SurveyedInputs.LoadInput> loads) {
        for (SurveyedInputs.LoadInput load : loads) {
            formatsOfTool
                    .computeIfAbsent(tool(load.format()), tool -> new TreeSet<>())
                    .add(load.format());
        }
    }

    private static String tool(String format) {
        return format.substring(0, format.indexOf('-'));
    }

    /** The request under the name that its generator has in this run. */
    public RequestResult named(RequestResult request, String format) {
        if (formatsOfTool.getOrDefault(tool(format), Set.of()).size() <= 1) {
            return request;
        }
        return new RequestResult(
                request.generator() + " (" + format.substring(format.indexOf('-') + 1) + ")",
                request.endpoint(),
                request.start(),
                request.precision(),
                request.latency(),
                request.failed(),
                request.error());
    }
}
