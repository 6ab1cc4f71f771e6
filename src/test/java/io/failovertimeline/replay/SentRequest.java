package io.failovertimeline.replay;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A request of a run that never was, to be written in any {@link LoadForm}. */
record SentRequest(String name, Instant start, long millis, boolean failed) {

    static final Instant BEGIN = Instant.parse("2023-12-10T13:19:50Z");

    Instant end() {
        return start.plusMillis(millis);
    }

    String status() {
        return failed ? "503" : "200";
    }

    String time(String pattern, Instant at) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(at);
    }

    /** Seconds, with three digits behind the point. */
    static String seconds(long millis) {
        return String.format(Locale.ROOT, "%d.%03d", millis / 1000, millis % 1000);
    }

    /** In order of their ends, as generators write: fast, then 20 s of failures after up to 2 s, with a stray one long before. */
    static List<SentRequest> run() {
        Random random = new Random(17);
        List<SentRequest> run = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            Instant start = BEGIN.plusMillis(i * 50L + random.nextInt(50));
            boolean failed = i == 120 || (i >= 1_000 && i < 1_400);
            run.add(new SentRequest(
                    i % 3 == 0 ? "forecast" : "cities", start, failed ? 2_000 : 5 + random.nextInt(40), failed));
        }
        run.sort(Comparator.comparing(SentRequest::end));
        return run;
    }
}
