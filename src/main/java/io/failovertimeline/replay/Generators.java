package io.failovertimeline.replay;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names load generators so that nothing is counted twice: results of one tool in two formats are most likely the same run, written
 * twice, and those of two folders are of two runs; they are reported side by side. Of one folder and format they are parts of one run.
 * Every access log is one of its own, for servers behind each other see the same requests.
 */
public final class Generators {

    private final Map<String, Set<String>> formatsOfTool = new HashMap<>();
    private final Map<String, Set<String>> foldersOfFormat = new HashMap<>();

    /** For the inputs of one run. */
    public Generators(List<SurveyedInputs.LoadInput> loads) {
        for (SurveyedInputs.LoadInput load : loads) {
            formatsOfTool
                    .computeIfAbsent(tool(load.format()), tool -> new TreeSet<>())
                    .add(load.format());
            foldersOfFormat
                    .computeIfAbsent(load.format(), format -> new TreeSet<>())
                    .add(run(load));
        }
    }

    private static String tool(String format) {
        int end = format.indexOf('-');
        return end < 0 ? format : format.substring(0, end);
    }

    /** What distinguishes the inputs of one run from others in the same format. */
    private static String run(SurveyedInputs.LoadInput load) {
        String path = load.input().name().replace('\\', '/');
        boolean isLog = load.format().equals("access-log") || load.format().equals("haproxy-requests");
        return isLog ? path : path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** What is told apart in this run by more than the name that {@code generator} gives itself. */
    public String name(String generator, SurveyedInputs.LoadInput load) {
        String format = load.format();
        boolean hasFormats = formatsOfTool.getOrDefault(tool(format), Set.of()).size() > 1;
        boolean hasFolders = foldersOfFormat.getOrDefault(format, Set.of()).size() > 1;
        String by = (hasFormats ? format.substring(format.indexOf('-') + 1) : "")
                + (hasFormats && hasFolders ? ", " : "")
                + (hasFolders ? run(load) : "");
        return by.isEmpty() ? generator : generator + " (" + by + ")";
    }
}
