package io.failovertimeline.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Labs as they would read had one host's clock been put back or forward while it ran. */
public final class SteppedHost {

    /** What its own clock stamps: the envelope's time and the program's; not times of others that a message quotes. */
    private static final Pattern OWN_TIME =
            Pattern.compile("(?<=^(?:\\w{3} [ \\d]\\d|\\d{4}-\\d\\d-\\d\\d)[ T])\\d\\d:\\d\\d:\\d\\d"
                    + "|(?<=(?:\\]: |\"MESSAGE\":\")\\d{4}-\\d\\d-\\d\\d )\\d\\d:\\d\\d:\\d\\d(?=[ ,.])");

    private static final Pattern MICROS = Pattern.compile("(?<=REALTIME_TIMESTAMP\":\")\\d{16}");

    private SteppedHost() {}

    /**
     * Copies those files of {@code lab} that {@code isTaken} to {@code folder}, with the lines of {@code host} from the first
     * at {@code from} on stamped {@code seconds} later.
     *
     * @param isTaken told of paths such as {@code patroni/db1.patroni.log}
     */
    public static void copy(Path lab, Predicate<String> isTaken, Path folder, String host, LocalTime from, int seconds)
            throws IOException {
        for (Path file : Lab.filesIn(lab)) {
            String name = lab.relativize(file).toString();
            if (isTaken.test(name)) {
                Path copy = folder.resolve(name);
                Files.createDirectories(copy.resolveSibling("."));
                boolean isOwn = file.getFileName().toString().startsWith(host + ".") && !name.startsWith("config");
                if (isOwn) {
                    Files.write(copy, stepped(Files.readAllLines(file), from, seconds));
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    private static List<String> stepped(List<String> lines, LocalTime from, int seconds) {
        List<String> stepped = new ArrayList<>();
        boolean isAfter = false;
        for (String line : lines) {
            isAfter |= time(line).filter(at -> !at.isBefore(from)).isPresent();
            stepped.add(isAfter ? later(line, seconds) : line);
        }
        return stepped;
    }

    private static String later(String line, int seconds) {
        String moved = OWN_TIME.matcher(line)
                .replaceAll(time ->
                        LocalTime.parse(time.group()).plusSeconds(seconds).format(DateTimeFormatter.ISO_LOCAL_TIME));
        return MICROS.matcher(moved)
                .replaceAll(micros -> Long.toString(Long.parseLong(micros.group()) + seconds * 1_000_000L));
    }

    private static Optional<LocalTime> time(String line) {
        Matcher micros = MICROS.matcher(line);
        if (micros.find()) {
            return Optional.of(LocalTime.ofInstant(
                    Instant.ofEpochSecond(Long.parseLong(micros.group()) / 1_000_000), ZoneOffset.UTC));
        }
        Matcher own = OWN_TIME.matcher(line);
        return own.find() ? Optional.of(LocalTime.parse(own.group())) : Optional.empty();
    }
}
