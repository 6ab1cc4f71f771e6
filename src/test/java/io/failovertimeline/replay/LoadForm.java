package io.failovertimeline.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A format of load results, and how it tells of a run. */
enum LoadForm {
    K6_CSV(
            Telling.IN_ORDER,
            1_000,
            "metric_name,timestamp,metric_value,check,error,error_code,expected_response,group,method,name,proto,"
                    + "scenario,service,status,subproto,tls_version,url,extra_tags,metadata",
            each(sent -> k6Row("http_req_duration", sent, sent.millis() + ".000000") + "\n"
                    + k6Row("http_req_failed", sent, sent.failed() ? "1.000000" : "0.000000"))),
    K6_JSON(
            Telling.IN_ORDER,
            1,
            "",
            each(sent -> k6Point("http_req_duration", sent, sent.millis()) + "\n"
                    + k6Point("http_req_failed", sent, sent.failed() ? 1 : 0))),
    VEGETA_JSON(
            Telling.OF_EACH,
            1,
            "",
            each(sent -> text(
                    "{\"attack\":\"\",\"seq\":1,\"code\":%s,\"timestamp\":\"%s\",\"latency\":%d,\"bytes_out\":0,\"bytes_in\":1,"
                            + "\"error\":\"\",\"body\":null,\"method\":\"GET\",\"url\":\"http://app/%s\",\"headers\":null}",
                    sent.status(), sent.start(), sent.millis() * 1_000_000, sent.name()))),
    VEGETA_CSV(
            Telling.OF_EACH,
            1,
            "",
            each(sent -> text(
                    "%d000000,%s,%d000000,0,19,,,,17,GET,http://app/%s,",
                    sent.start().toEpochMilli(), sent.status(), sent.millis(), sent.name()))),
    JMETER_CSV(
            Telling.OF_EACH,
            1,
            "timeStamp,elapsed,label,responseCode,responseMessage,threadName,success,bytes",
            each(sent -> text(
                    "%d,%d,%s,%s,,t 1-1,%s,10",
                    sent.start().toEpochMilli(), sent.millis(), sent.name(), sent.status(), !sent.failed()))),
    JMETER_XML(
            Telling.OF_EACH,
            1,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testResults version=\"1.2\">",
            each(sent -> text(
                    "<httpSample t=\"%d\" ts=\"%d\" s=\"%s\" lb=\"%s\" rc=\"%s\" rm=\"x\"/>",
                    sent.millis(), sent.start().toEpochMilli(), !sent.failed(), sent.name(), sent.status()))),
    GATLING(
            Telling.OF_EACH,
            1,
            "RUN\tapp.Simulation\tsimulation\t1702214390000\t \t3.9.5",
            each(sent -> text(
                    "REQUEST\t\t%s\t%d\t%d\t%s",
                    sent.name(),
                    sent.start().toEpochMilli(),
                    sent.end().toEpochMilli(),
                    sent.failed() ? "KO\tstatus.find.in(200,304), found 503" : "OK\t "))),
    PHOUT(
            Telling.OF_EACH,
            1,
            "",
            each(sent -> text(
                    "%s\t%s#17\t%d000\t290\t51\t2103100\t110\t2103400\t118\t312\t0\t%s",
                    SentRequest.seconds(sent.start().toEpochMilli()), sent.name(), sent.millis(), sent.status()))),
    REQUEST_JSON(
            Telling.OF_EACH,
            1,
            "",
            each(sent -> text(
                    "{\"generator\":\"mine\",\"endpoint\":\"%s\",\"start\":\"%s\",\"precision\":\"MILLIS\",\"latencyMs\":%d,"
                            + "\"failed\":%s,\"error\":\"%s\"}",
                    sent.name(), sent.start(), sent.millis(), sent.failed(), sent.failed() ? "HTTP 503" : ""))),
    LOCUST_REQUESTS(
            Telling.OF_EACH,
            1,
            "",
            each(sent -> text(
                    "{\"request_type\":\"GET\",\"name\":\"%s\",\"response_time\":%d,\"start_time\":%s,\"exception\":%s}",
                    sent.name(),
                    sent.millis(),
                    SentRequest.seconds(sent.start().toEpochMilli()),
                    sent.failed() ? "\"HTTPError('503 Server Error: x for url: y')\"" : "null"))),
    LOCUST_HISTORY(
            Telling.IN_ORDER,
            2_000,
            "Timestamp,User Count,Type,Name,Total Request Count,Total Failure Count,Total Average Response Time,Total Max Response Time",
            LoadForm::locustHistory),
    COMBINED(
            Telling.OF_EACH,
            1_000,
            "",
            each(sent -> text(
                    "10.0.0.9 - - [%s +0000] \"GET /%s HTTP/1.1\" %s 19 \"-\" \"ua\"",
                    sent.time("dd/MMM/uuuu:HH:mm:ss", sent.start()), sent.name(), sent.status()))),
    NGINX(
            Telling.OF_EACH,
            1_000,
            "",
            each(sent -> text(
                    "10.0.0.9 - - [%s +0000] \"GET /%s HTTP/1.1\" %s 19 \"-\" \"ua\" rt=%s",
                    sent.time("dd/MMM/uuuu:HH:mm:ss", sent.end()),
                    sent.name(),
                    sent.status(),
                    SentRequest.seconds(sent.millis())))),
    ENVOY(
            Telling.OF_EACH,
            1,
            "",
            each(sent -> text(
                    "[%s] \"GET /%s HTTP/1.1\" %s - 0 91 %d - \"-\" \"ua\" \"id\" \"app\" \"10.0.0.2:80\"",
                    sent.time("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", sent.start()),
                    sent.name(),
                    sent.status(),
                    sent.millis()))),
    HAPROXY_HTTP(
            Telling.OF_EACH,
            1,
            "",
            each(sent -> text(
                    "10.0.0.9:40112 [%s] web app/app1 0/0/1/%d/%d %s 19 - - ---- 1/1/0/0/0 0/0 \"GET /%s HTTP/1.1\"",
                    sent.time("dd/MMM/uuuu:HH:mm:ss.SSS", sent.start()),
                    sent.millis() - 1,
                    sent.millis(),
                    sent.status(),
                    sent.name()))),
    HAPROXY_TCP(
            Telling.OF_EACH,
            1,
            "",
            each(sent -> text(
                    "10.0.0.9:40112 [%s] %s %s/db2 1/%d/%d 212 %s 5/5/5/5/0 0/0",
                    sent.time("dd/MMM/uuuu:HH:mm:ss.SSS", sent.start()),
                    sent.name(),
                    sent.name(),
                    sent.failed() ? -1 : 0,
                    sent.millis(),
                    sent.failed() ? "sC" : "--"))),
    /** A transaction that failed has no latency: it is told at its end. */
    PGBENCH_LOG(
            Telling.OF_EACH_BY_END,
            1,
            "",
            each(sent -> text(
                    "0 199 %s %d %d %d",
                    sent.failed() ? "serialization" : sent.millis() + "000",
                    sent.name().equals("cities") ? 0 : 1,
                    sent.end().getEpochSecond(),
                    sent.end().getNano() / 1000))),
    PGBENCH_AGGREGATE(Telling.IN_ALL_BY_END, 1_000, "", LoadForm::pgbenchAggregate),
    HEY(
            Telling.IN_ALL,
            1,
            "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset",
            each(sent -> text(
                    "%s0,0.0,0.0,0.1,0.1,0.2,%s,%s0",
                    SentRequest.seconds(sent.millis()), sent.status(), offset(sent)))),
    OHA(
            Telling.IN_ALL,
            1,
            "request-start,DNS,DNS+dialup,Response-delay,request-duration,bytes,status",
            each(sent ->
                    text("%s,0.0,0.0,0.1,%s,19,%s", offset(sent), SentRequest.seconds(sent.millis()), sent.status()))),
    ARTILLERY(Telling.IN_ALL_BY_END, 10_000, "", LoadForm::artillery),
    AB_GNUPLOT(
            Telling.WITHOUT_FAILURES,
            1_000,
            "starttime\tseconds\tctime\tdtime\tttime\twait",
            each(sent -> text(
                    "%s\t%d\t0\t%d\t%d\t%d",
                    sent.time("EEE MMM dd HH:mm:ss uuuu", sent.start()),
                    sent.start().getEpochSecond(),
                    sent.millis(),
                    sent.millis(),
                    sent.millis())));

    /** What a format makes of a run. */
    enum Telling {
        /** Each request by its endpoint; the lines may stand in any order. */
        OF_EACH,
        /** The same, but the end of those that failed. */
        OF_EACH_BY_END,
        /** Requests by their endpoint, by lines that belong to those before. */
        IN_ORDER,
        /** All requests together. */
        IN_ALL,
        /** The same, by intervals in which they ended. */
        IN_ALL_BY_END,
        /** All requests together, and none as failed. */
        WITHOUT_FAILURES
    }

    private final Telling telling;
    private final long resolutionMillis;
    private final String header;
    private final Function<List<SentRequest>, List<String>> lines;

    LoadForm(Telling telling, long resolutionMillis, String header, Function<List<SentRequest>, List<String>> lines) {
        this.telling = telling;
        this.resolutionMillis = resolutionMillis;
        this.header = header;
        this.lines = lines;
    }

    Telling telling() {
        return telling;
    }

    /** Whether requests are told by their endpoint. */
    boolean tellsEndpoints() {
        return telling == Telling.OF_EACH || telling == Telling.OF_EACH_BY_END || telling == Telling.IN_ORDER;
    }

    /** Whether it is told when requests that failed were over, not when they began. */
    boolean tellsEnds() {
        return telling == Telling.OF_EACH_BY_END || telling == Telling.IN_ALL_BY_END;
    }

    /** How much later than told a request may have been sent. */
    long resolutionMillis() {
        return resolutionMillis;
    }

    /** What stands above the first request; empty if nothing does. */
    String header() {
        return header;
    }

    /** The run, a line or several to each request, or to each interval. */
    List<String> lines(List<SentRequest> run) {
        return lines.apply(run);
    }

    /** The run as a file. */
    String file(List<SentRequest> run) {
        String end = this == JMETER_XML ? "</testResults>\n" : "";
        return (header.isEmpty() ? "" : header + "\n") + String.join("\n", lines(run)) + "\n" + end;
    }

    private static String text(String format, Object... parts) {
        return String.format(Locale.ROOT, format, parts);
    }

    private static Function<List<SentRequest>, List<String>> each(Function<SentRequest, String> line) {
        return run -> run.stream().map(line).toList();
    }

    private static String offset(SentRequest sent) {
        return SentRequest.seconds(sent.start().toEpochMilli() - SentRequest.BEGIN.toEpochMilli());
    }

    private static String k6Row(String metric, SentRequest sent, String value) {
        return metric + "," + sent.end().getEpochSecond() + "," + value + ",,," + (sent.failed() ? "1503" : "") + ","
                + !sent.failed() + ",,GET," + sent.name() + ",HTTP/1.1,default,," + sent.status() + ",,,http://app/"
                + sent.name() + ",,";
    }

    private static String k6Point(String metric, SentRequest sent, long value) {
        return text(
                "{\"metric\":\"%s\",\"type\":\"Point\",\"data\":{\"time\":\"%s\",\"value\":%d,\"tags\":{"
                        + "\"expected_response\":\"%s\",\"method\":\"GET\",\"name\":\"%s\",\"status\":\"%s\","
                        + "\"url\":\"http://app/%s\"}}}",
                metric, sent.end(), value, !sent.failed(), sent.name(), sent.status(), sent.name());
    }

    private static List<String> locustHistory(List<SentRequest> run) {
        List<String> rows = new ArrayList<>();
        for (long second = SentRequest.BEGIN.getEpochSecond();
                second <= SentRequest.BEGIN.getEpochSecond() + 103;
                second++) {
            for (String name : List.of("cities", "forecast")) {
                long now = second;
                List<SentRequest> ended = run.stream()
                        .filter(sent -> sent.name().equals(name) && sent.end().getEpochSecond() < now)
                        .toList();
                long failed = ended.stream().filter(SentRequest::failed).count();
                double mean =
                        ended.stream().mapToLong(SentRequest::millis).average().orElse(0);
                long slowest =
                        ended.stream().mapToLong(SentRequest::millis).max().orElse(0);
                rows.add(text("%d,5,GET,%s,%d,%d,%f,%d", now, name, ended.size(), failed, mean, slowest));
            }
        }
        return rows;
    }

    /** By second of the end. */
    private static Map<Long, List<SentRequest>> intervals(List<SentRequest> run, int seconds) {
        Map<Long, List<SentRequest>> intervals = new TreeMap<>();
        run.forEach(sent -> intervals
                .computeIfAbsent(sent.end().getEpochSecond() / seconds * seconds, begin -> new ArrayList<>())
                .add(sent));
        return intervals;
    }

    private static List<String> pgbenchAggregate(List<SentRequest> run) {
        List<String> lines = new ArrayList<>();
        intervals(run, 1).forEach((begin, ended) -> {
            long failed = ended.stream().filter(SentRequest::failed).count();
            lines.add(text("%d %d 250000 900000 1200 4100 0 0 0 0 0 0 0 %d 0", begin, ended.size() - failed, failed));
        });
        return lines;
    }

    private static List<String> artillery(List<SentRequest> run) {
        List<String> periods = new ArrayList<>();
        intervals(run, 10).forEach((begin, ended) -> {
            long failed = ended.stream().filter(SentRequest::failed).count();
            periods.add(text(
                    "{\"period\":\"%d000\",\"counters\":{\"http.codes.200\":%d,\"http.codes.503\":%d}}",
                    begin, ended.size() - failed, failed));
        });
        return List.of("{\"aggregate\":{\"counters\":{}},\n \"intermediate\":[" + String.join(",\n", periods) + "]}");
    }
}
