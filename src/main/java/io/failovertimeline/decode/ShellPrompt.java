package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Commands in transcripts: {@code mcuser@db2:~$ sudo poweroff}, {@code [root@db2 ~]# reboot}. They have no time. Root's keep the
 * prompt, which tells what {@code sudo} tells of others: that the command was obeyed.
 */
public final class ShellPrompt {

    private static final Pattern PROMPT =
            Pattern.compile("\\[?[A-Za-z_][\\w.-]{0,40}@(?<host>[A-Za-z0-9][\\w.-]{0,252})"
                    + "(?<sign>:[^\\s$#]*[$#]| [^\\s\\]]+\\][$#]) +(?<command>\\S.*)");

    private ShellPrompt() {}

    /** The host at whose prompt {@code line} was typed; empty if it is no prompt. */
    public static Optional<String> host(String line) {
        return read(line).flatMap(Reading::host);
    }

    /** The command typed; empty if {@code line} is no prompt, or nothing was typed. */
    static Optional<Reading> read(String line) {
        if (line.indexOf('@') < 0) {
            return Optional.empty();
        }
        Matcher prompt = PROMPT.matcher(line);
        if (!prompt.matches()) {
            return Optional.empty();
        }
        boolean isRoot = line.charAt(prompt.end("sign") - 1) == '#';
        String message = (isRoot ? line : prompt.group("command")).strip();
        OwnLine command = new OwnLine("shell", Optional.empty(), Component.OPERATOR, Optional.empty(), message);
        return Optional.of(Reading.of(command, Optional.of(prompt.group("host"))));
    }
}
