package io.failovertimeline.publish;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.failovertimeline.model.InputSummary;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Report;
import java.util.List;
import java.util.Map;

/**
 * Where things stand, written as short as is clear, so that the log lines beside it have room.
 *
 * @param folder the folder that all inputs share, with a slash at its end; an empty text if there is none
 * @param inputsByName how many inputs have the same file name
 */
record Places(String folder, Map<String, Long> inputsByName) {

    static Places of(Report report) {
        List<String> paths = report.inputs().stream().map(InputSummary::path).toList();
        return new Places(
                paths.stream().map(Places::parent).reduce(Places::shared).orElse(""),
                paths.stream().collect(groupingBy(Places::name, counting())));
    }

    /** {@code db1.json:17} where only one input has that name, else with folders; {@code patroni-logs-0@17}. */
    String shown(Origin origin) {
        String place = origin.toString();
        boolean nameIsEnough = inputsByName.getOrDefault(name(origin.source()), 0L) == 1;
        return nameIsEnough ? name(place) : shown(place);
    }

    /** A path without the shared folder. */
    String shown(String path) {
        return path.startsWith(folder) ? path.substring(folder.length()) : path;
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    private static String shared(String a, String b) {
        String folder = a;
        while (!b.startsWith(folder)) {
            folder = parent(folder.substring(0, folder.length() - 1));
        }
        return folder;
    }
}
