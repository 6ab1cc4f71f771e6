package io.failovertimeline.model;

/**
 * What became of one input.
 *
 * @param path as given
 * @param format the format of most of its records, such as {@code journald-short}, {@code k6-csv} or {@code text}
 * @param content what it tells of
 * @param counts what became of its lines
 */
public record InputSummary(String path, String format, Content content, LineCounts counts) {

    /** What an input tells of. */
    public enum Content {
        /** What the cluster did. */
        LOGS,
        /** What clients felt. */
        LOAD_RESULTS
    }
}
