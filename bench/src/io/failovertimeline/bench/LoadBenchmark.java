package io.failovertimeline.bench;

import com.sun.management.OperatingSystemMXBean;
import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.model.EndpointSummary;
import io.failovertimeline.model.Report;
import io.failovertimeline.recognize.Catalog;
import io.failovertimeline.recognize.Recognizer;
import io.failovertimeline.replay.ProgressListener;
import io.failovertimeline.replay.Replay;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Reads load results beside DuckDB with one thread, which adds up the same: requests, failed ones and the slowest by endpoint and
 * second. {@code bench/load [MEGABYTES [FOLDER]]} runs it.
 */
public final class LoadBenchmark {

    private static final String HEADER = "metric_name,timestamp,metric_value,check,error,error_code,expected_response,group,method,"
            + "name,proto,scenario,service,status,subproto,tls_version,url,extra_tags,metadata\n";
    private static final String[] METRICS = {
        "http_reqs", "http_req_duration", "http_req_blocked", "http_req_connecting", "http_req_tls_handshaking",
        "http_req_sending", "http_req_waiting", "http_req_receiving", "http_req_failed"
    };
    private static final long BEGIN = 1_702_214_394_000L;

    private enum Form {
        K6_CSV("k6.csv"),
        K6_JSON("k6.json"),
        VEGETA_JSON("vegeta.json"),
        JTL("results.jtl");

        private final String file;

        Form(String file) {
            this.file = file;
        }
    }

    private LoadBenchmark() {}

    /** Megabytes and a folder for the files, which stay there. */
    public static void main(String[] arguments) throws IOException, SQLException {
        long bytes = Long.parseLong(arguments[0]) << 20;
        Path folder = Path.of(arguments[1]);
        System.out.printf("%-12s %6s %10s %10s %8s %12s %12s%n", "format", "MB", "us, s", "duckdb, s", "ratio", "requests", "failed");
        for (Form form : Form.values()) {
            Path file = folder.resolve(form.file);
            if (!Files.exists(file)) {
                write(form, file, bytes);
            }
            Result warm = ours(file);
            double us = Double.MAX_VALUE;
            double duck = Double.MAX_VALUE;
            Result theirs = warm;
            for (int run = 0; run < 3; run++) {
                us = Math.min(us, ours(file).seconds);
                theirs = duckDb(form, file);
                duck = Math.min(duck, theirs.seconds);
            }
            if (warm.requests != theirs.requests || warm.failed != theirs.failed) {
                throw new IllegalStateException(form + ": " + warm + ", " + theirs);
            }
            System.out.printf(Locale.ROOT, "%-12s %6d %10.2f %10.2f %8.2f %12d %12d%n",
                    form.file, Files.size(file) >> 20, us, duck, duck / us, warm.requests, warm.failed);
        }
    }

    private record Result(double seconds, long requests, long failed) {}

    private static Result ours(Path file) throws IOException {
        long begin = processorNanos();
        Report report = new Replay(new Recognizer(Catalog.builtIn()), InputStream.nullInputStream())
                .run(List.of(file.toString()), GivenZones.NONE, ProgressListener.NONE);
        double seconds = (processorNanos() - begin) / 1e9;
        return new Result(
                seconds,
                report.endpoints().stream().mapToLong(EndpointSummary::requests).sum(),
                report.endpoints().stream().mapToLong(EndpointSummary::failedRequests).sum());
    }

    private static Result duckDb(Form form, Path file) throws SQLException {
        String from = "'" + file + "'";
        String sums = "count(*) n, sum(failed::int) f, max(took) ";
        String query = switch (form) {
            case K6_CSV -> "select name, timestamp t, count(*) filter (metric_name = 'http_req_failed') n, "
                    + "sum(metric_value) filter (metric_name = 'http_req_failed') f, "
                    + "max(metric_value) filter (metric_name = 'http_req_duration') from read_csv(" + from + ", header = true) "
                    + "where metric_name in ('http_req_failed', 'http_req_duration') group by 1, 2";
            case K6_JSON -> "select data.tags.name, left(data.time, 19), count(*) filter (metric = 'http_req_failed') n, "
                    + "sum(data.value) filter (metric = 'http_req_failed') f, "
                    + "max(data.value) filter (metric = 'http_req_duration') from read_json(" + from
                    + ", format = 'newline_delimited', columns = {metric: 'VARCHAR', type: 'VARCHAR', "
                    + "data: 'STRUCT(time VARCHAR, value DOUBLE, tags STRUCT(name VARCHAR))'}) "
                    + "where metric in ('http_req_failed', 'http_req_duration') group by 1, 2";
            case VEGETA_JSON -> "select method, url, left(timestamp, 19), " + sums
                    + "from (select *, latency took, (code < 200 or code >= 400 or error <> '') failed from read_json(" + from
                    + ", format = 'newline_delimited', columns = {method: 'VARCHAR', url: 'VARCHAR', timestamp: 'VARCHAR', "
                    + "code: 'INTEGER', latency: 'BIGINT', error: 'VARCHAR'})) group by all";
            case JTL -> "select label, timeStamp // 1000, " + sums
                    + "from (select *, elapsed took, not success failed from read_csv(" + from + ", header = true)) group by all";
        };
        long begin = processorNanos();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("set threads = 1");
            try (ResultSet sum = statement.executeQuery("select sum(n), sum(f) from (" + query + ")")) {
                sum.next();
                return new Result((processorNanos() - begin) / 1e9, sum.getLong(1), Math.round(sum.getDouble(2)));
            }
        }
    }

    /** Of all threads of this process, compilers and collectors included: others that use the core do not count. */
    private static long processorNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static void write(Form form, Path file, long bytes) throws IOException {
        Random random = new Random(7);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            long written = put(out, form == Form.K6_CSV ? HEADER : form == Form.JTL ? JTL : "");
            for (long request = 0; written < bytes; request++) {
                written += put(out, request(form, request, random));
            }
        }
    }

    private static final String JTL = "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,"
            + "failureMessage,bytes,sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect\n";

    private static long put(OutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        out.write(bytes);
        return bytes.length;
    }

    private static String request(Form form, long number, Random random) {
        boolean failed = random.nextInt(50) == 0;
        int id = random.nextInt(1000);
        long at = BEGIN + number;
        String endpoint = id % 3 == 0 ? "GetCities" : id % 3 == 1 ? "GetForecast" : "PostForecast";
        String url = "http://app/" + (id % 3 == 0 ? "Cities" : "Forecast/" + id);
        int status = failed ? 500 : 200;
        double took = 1 + random.nextInt(100_000) / 1000.0;
        String time = java.time.Instant.ofEpochSecond(at / 1000).toString().replace("Z", String.format(Locale.ROOT, ".%09dZ", at % 1000 * 1_000_000 + 1 + id));
        return switch (form) {
            case K6_CSV -> k6Csv(at, took, failed, endpoint, url, status);
            case K6_JSON -> k6Json(time, took, failed, endpoint, url, status);
            case VEGETA_JSON -> "{\"attack\":\"\",\"seq\":" + number + ",\"code\":" + status + ",\"timestamp\":\"" + time
                    + "\",\"latency\":" + (long) (took * 1e6) + ",\"bytes_out\":0,\"bytes_in\":19,\"error\":\""
                    + (failed ? "500 Internal Server Error" : "") + "\",\"body\":null,\"method\":\"GET\",\"url\":\"" + url
                    + "\",\"headers\":null}\n";
            case JTL -> at + "," + (long) took + "," + endpoint + "," + status + "," + (failed ? "Internal Server Error" : "OK")
                    + ",Thread Group 1-" + id % 10 + ",text," + !failed + ",,129,100,10,10," + url + "," + (long) took + ",0,1\n";
        };
    }

    private static String k6Csv(long at, double took, boolean failed, String name, String url, int status) {
        StringBuilder rows = new StringBuilder(1200);
        for (String metric : METRICS) {
            double value = metric.equals("http_req_failed") ? failed ? 1 : 0 : metric.equals("http_reqs") ? 1 : took;
            rows.append(metric).append(',').append(at / 1000).append(',').append(String.format(Locale.ROOT, "%.6f", value))
                    .append(",,,").append(failed ? "1500" : "").append(',').append(!failed).append(",,GET,").append(name)
                    .append(",HTTP/1.1,default,,").append(status).append(",,,").append(url).append(",,\n");
        }
        return rows.toString();
    }

    private static String k6Json(String time, double took, boolean failed, String name, String url, int status) {
        StringBuilder rows = new StringBuilder(3000);
        for (String metric : METRICS) {
            double value = metric.equals("http_req_failed") ? failed ? 1 : 0 : metric.equals("http_reqs") ? 1 : took;
            rows.append("{\"metric\":\"").append(metric).append("\",\"type\":\"Point\",\"data\":{\"time\":\"").append(time)
                    .append("\",\"value\":").append(value).append(",\"tags\":{\"expected_response\":\"").append(!failed)
                    .append("\",\"group\":\"\",\"method\":\"GET\",\"name\":\"").append(name)
                    .append("\",\"proto\":\"HTTP/1.1\",\"scenario\":\"default\",\"status\":\"").append(status)
                    .append("\",\"url\":\"").append(url).append("\"}}}\n");
        }
        return rows.toString();
    }
}
