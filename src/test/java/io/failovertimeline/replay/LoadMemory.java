package io.failovertimeline.replay;

import io.failovertimeline.correlate.Correlator;
import io.failovertimeline.correlate.EvidenceSet;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.RequestResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * A process that adds up the requests of several generators side by side and looks for error windows in them. The heap that it is started with is what it
 * must do with.
 *
 * <p>Arguments: generators, seconds, requests a second of each, paths. Prints how many requests were counted, in how many buckets, and
 * how many error windows there are. Each generator has an outage of 20 s in the middle.
 */
public final class LoadMemory {

    private static final Instant BEGIN = Instant.parse("2023-12-10T00:00:00Z");
    private static final Duration OUTAGE = Duration.ofSeconds(20);

    private LoadMemory() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        int generators = Integer.parseInt(arguments[0]);
        int seconds = Integer.parseInt(arguments[1]);
        int rate = Integer.parseInt(arguments[2]);
        int paths = Integer.parseInt(arguments[3]);
        Loads loads = new Loads();
        Random random = new Random(5);
        double[] usual =
                random.doubles(1 << 16).map(share -> 8 * Math.exp(2.5 * share)).toArray();
        int drawn = 0;
        long requests = 0;
        for (int generator = 0; generator < generators; generator++) {
            LoadSums sums = loads.sums("batman", "k6 (" + generator + ")");
            for (int second = 0; second < seconds; second++) {
                boolean failed = second >= seconds / 2 && second < seconds / 2 + OUTAGE.toSeconds();
                for (int i = 0; i < rate; i++) {
                    double millis = usual[drawn++ & (usual.length - 1)];
                    sums.add(new RequestResult(
                            "k6",
                            paths == 1 ? "GET /a" : "GET /a/" + random.nextInt(paths),
                            BEGIN.plusSeconds(second).plusNanos((long) (i * 1e9 / rate)),
                            Precision.MILLIS,
                            Duration.ofNanos((long) (millis * 1e6)),
                            failed,
                            failed ? "HTTP 503" : ""));
                    requests++;
                }
            }
        }
        EvidenceSet evidence = new EvidenceSet();
        loads.into(evidence);
        int buckets = evidence.buckets().size();
        Findings findings = Correlator.findings(evidence);
        Runtime.getRuntime().gc();
        long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        System.out.println(requests + " requests " + buckets + " buckets "
                + findings.errorWindows().size() + " windows");
        System.err.println((used >> 20) + " MiB in use, " + loads.problems().size() + " problems");
    }
}
