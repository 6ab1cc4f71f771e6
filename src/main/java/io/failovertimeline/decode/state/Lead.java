package io.failovertimeline.decode.state;

import io.failovertimeline.decode.Hints;
import io.failovertimeline.decode.Placing;
import io.failovertimeline.decode.ShellPrompt;
import io.failovertimeline.model.Stamp;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the line above a dump tells about it: a prompt ({@code mcuser@db1:~$ patronictl list}), or a comment that says when and
 * where it was taken ({@code # 2026-11-22T18:15:18.166+00:00 on db2}).
 *
 * @param host where the command was run; empty if the line does not tell
 * @param takenAt when; empty if the line does not tell
 */
public record Lead(Optional<String> host, Optional<Instant> takenAt) {

    /** So many lines below it a dump may begin: psql has notices. */
    public static final int REACH = 4;

    private static final Pattern COMMENT = Pattern.compile("# (\\d{4}-\\d\\d-\\d\\d[T ]\\S+)(?: on (\\S+))?\\s*");

    /** Whether a line may be one; told by its first bytes. */
    public static boolean mayBe(byte[] bytes, int from, int to) {
        if (to - from < 3) {
            return false;
        }
        if (bytes[from] == '#') {
            return bytes[from + 1] == ' ' && bytes[from + 2] >= '0' && bytes[from + 2] <= '9';
        }
        int at = bytes[from] == '[' ? from + 1 : from;
        while (at < to && isNamePart(bytes[at])) {
            at++;
        }
        return at > from && at < to && bytes[at] == '@';
    }

    private static boolean isNamePart(byte character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '_'
                || character == '-'
                || character == '.';
    }

    /** What {@code line} tells. */
    public static Lead of(String line, Hints hints) {
        Matcher comment = COMMENT.matcher(line);
        if (comment.matches()) {
            return new Lead(
                    Optional.ofNullable(comment.group(2)),
                    Placing.written(comment.group(1), Optional.ofNullable(comment.group(2)), hints)
                            .map(Stamp::at));
        }
        return new Lead(ShellPrompt.host(line), Optional.empty());
    }
}
