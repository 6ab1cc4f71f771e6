package io.failovertimeline.publish;

import static java.util.stream.Collectors.joining;

import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Dissection;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.RequestResult;
import io.failovertimeline.model.Writer;
import io.failovertimeline.model.ZoneFinding;
import io.failovertimeline.publish.Page.Ink;
import io.failovertimeline.recognize.Attempt;
import io.failovertimeline.recognize.Entry;
import io.failovertimeline.recognize.Explanation;
import io.failovertimeline.recognize.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was understood of a line, for a person at a terminal.
 *
 * @param width columns of the terminal
 * @param colour whether to write colour codes
 */
public record TextExplanation(int width, boolean colour) {

    private static final String INDENT = "    ";

    /** Of a message that are shown. */
    private static final int MOST_LINES = 12;

    private static final String KNOWN_FORMS =
            "Tried: journald (text, JSON), syslog, container logs, JSON of shippers (Vector, Fluent Bit, Filebeat, rsyslog, GELF),"
                    + " and the own forms of Patroni, PostgreSQL (stderr, csvlog, jsonlog), etcd (capnslog, zap), PgBouncer,"
                    + " keepalived and HAProxy; a command at a shell prompt."
                    + " The rows of a state dump, such as patronictl's tables, are read together and tell nothing one by one.";

    /** The explanation as lines of at most {@link #width()} columns, each ended by a line feed. */
    public String render(Explanation explanation) {
        Page page = new Page(width, colour, true);
        boolean isInFile = !explanation.origin().source().equals("-");
        if (isInFile) {
            page.line(page.ink(Ink.DIM, explanation.origin().toString()));
        }
        verbatim(page, explanation.text(), 0, false);
        explanation.match(log -> write(page, log), load -> write(page, load));
        page.blank();
        return page.toString();
    }

    private Page write(Page page, Explanation.OfLoad load) {
        page.section("Read as");
        page.labelled("format", Optional.empty(), load.format() + ", a load generator's results");
        load.requests().forEach(request -> request(page, request));
        load.unreadable().ifPresent(reason -> unreadable(page, reason));
        if (load.requests().isEmpty() && load.unreadable().isEmpty()) {
            page.labelled(
                    "meaning",
                    Optional.empty(),
                    "none by itself: it stands beside results, or another line completes it");
        }
        return page;
    }

    private static void request(Page page, RequestResult request) {
        page.labelled(
                "request",
                Optional.empty(),
                (request.count() == 1 ? "" : request.count() + " × ") + request.generator() + " " + request.endpoint());
        page.labelled(
                "started",
                Optional.empty(),
                request.start() + ", to the " + unit(request.precision()) + "; took "
                        + request.latency().toMillis() + " ms");
        page.labelled(
                "outcome",
                Optional.of(request.failed() ? Ink.RED : Ink.GREEN),
                request.failed() ? "failed: " + request.error() : "succeeded");
    }

    private Page write(Page page, Explanation.OfLog log) {
        return log.dissection()
                .decoded()
                .match(
                        record -> {
                            LogLine whole = log.record().orElse(record.line());
                            read(page, record, whole, log);
                            log.verdict().ifPresent(verdict -> verdict(page, whole, verdict));
                            return page;
                        },
                        broken -> {
                            page.section("Not readable");
                            unreadable(page, broken.reason());
                            return page;
                        },
                        nothing -> {
                            page.section("No log line");
                            log.dissection().shortcoming().ifPresent(why -> shortcoming(page, why));
                            return page;
                        });
    }

    private static void unreadable(Page page, Decoded.Reason reason) {
        page.prose("The line " + reason.words() + ": " + reason.advice() + ".");
    }

    private static void shortcoming(Page page, Dissection.Shortcoming why) {
        page.prose(
                switch (why) {
                    case BLANK -> "The line is blank.";
                    case MARK ->
                        "It is known to tell nothing: a mark that journald or syslog set between records, or a record"
                                + " without a message.";
                    case CONTINUATION ->
                        "It begins with a tab, as lines do with which PostgreSQL continues the one above; it"
                                + " proves nothing by itself.";
                    case OTHER_JSON ->
                        "It is JSON, but has no field with a message (MESSAGE, message, msg, short_message, log)"
                                + " beside a time or a host.";
                    case NO_JSON -> "It begins as JSON does and is none; look whether it was cut.";
                    case TIME_ONLY ->
                        "It begins with a time, but what stands behind it has no known form: neither host and"
                                + " program, nor a level or severity with its colon.";
                    case NO_TIME -> "It does not begin with a time, which all log lines do, nor with a shell prompt.";
                });
        boolean isKnown =
                switch (why) {
                    case BLANK, MARK, CONTINUATION -> true;
                    case OTHER_JSON, NO_JSON, TIME_ONLY, NO_TIME -> false;
                };
        if (!isKnown) {
            page.prose(KNOWN_FORMS);
        }
    }

    private void read(Page page, Decoded.Line record, LogLine line, Explanation.OfLog log) {
        page.section("Read as");
        page.labelled("format", Optional.empty(), record.format());
        if (log.record().isPresent()) {
            page.labelled(
                    "part",
                    Optional.empty(),
                    "of the record that begins at " + line.origin() + ", which is read whole");
        } else if (record.isPartial()) {
            page.labelled(
                    "part",
                    Optional.empty(),
                    "its text goes on in the next record of its stream; read whole, it may say more");
        }
        page.labelled("time", Optional.empty(), time(line, log.dissection().time()));
        log.dissection().time().ifPresent(time -> page.labelled("", Optional.empty(), basis(time, log.zone())));
        page.labelled("host", Optional.empty(), line.host().orElse("unknown: neither the line nor its input tells"));
        page.labelled("written by", Optional.empty(), writer(line.writer()));
        line.subjectUnit().ifPresent(unit -> page.labelled("about", Optional.empty(), unit));
        page.labelled("component", Optional.empty(), name(line.component()));
        page.labelled(
                "severity",
                Optional.empty(),
                line.severity()
                        .map(severity -> severity.name().toLowerCase(Locale.ROOT))
                        .orElse("unknown: none is written"));
        page.line("  " + page.ink(Ink.DIM, "message"));
        message(page, line.message());
    }

    private void message(Page page, String message) {
        List<String> lines = message.lines().toList();
        lines.stream().limit(MOST_LINES).forEach(line -> verbatim(page, line, 0, false));
        if (lines.size() > MOST_LINES) {
            page.line(INDENT + page.ink(Ink.DIM, "… and " + (lines.size() - MOST_LINES) + " more lines"));
        }
    }

    /** {@code patroni, patroni.service, pid 626}, as far as the line tells. */
    private static String writer(Writer writer) {
        String told = Stream.of(
                        writer.program(),
                        writer.unit(),
                        writer.pid().isEmpty()
                                ? Optional.<String>empty()
                                : Optional.of("pid " + writer.pid().getAsLong()))
                .flatMap(Optional::stream)
                .collect(joining(", "));
        return told.isEmpty() ? "unknown: the line names neither program nor unit nor pid" : told;
    }

    private static String time(LogLine line, Optional<Dissection.ReadTime> time) {
        if (time.isEmpty()) {
            return "none";
        }
        if (time.get().year() == Dissection.Year.UNKNOWN) {
            return time.get().written()
                    + " of an unknown year: the line has none, and no other line or file date tells";
        }
        return line.stamp().map(stamp -> stamp.at().toString()).orElse("none") + ", known to the "
                + unit(time.get().precision());
    }

    private static String basis(Dissection.ReadTime time, ZoneFinding finding) {
        String clock =
                switch (time.clock()) {
                    case APPLICATION -> "the program's own clock";
                    case SOURCE -> "the sender's clock, as it handed the line over";
                    case RECEPTION -> "the clock of the journal, syslog or shipper that received it";
                };
        String year = time.year() == Dissection.Year.NEARBY ? "; the year is that of dates nearby" : "";
        return "written " + time.written() + ", by " + clock + "; " + zone(time, finding) + year;
    }

    private static String zone(Dissection.ReadTime time, ZoneFinding finding) {
        String zone = TextTime.zoneName(time.zone());
        return switch (time.zoneBasis()) {
            case WRITTEN -> "its offset is written";
            case OTHER_TIME -> "local, " + zone + " as the line's other time shows";
            case ABBREVIATION -> "its abbreviation means " + zone;
            case LOCAL -> "local, read as " + zone + ": " + zoneBasis(time, finding);
        };
    }

    private static String zoneBasis(Dissection.ReadTime time, ZoneFinding finding) {
        if (!finding.zone().equals(time.zone())) {
            return "other lines of the input tell";
        }
        String shownBy = finding.proof().map(proof -> ", " + proof).orElse("");
        return TextBasis.words(finding.basis(), shownBy);
    }

    private void verdict(Page page, LogLine line, Verdict verdict) {
        verdict.taken().ifPresentOrElse(taken -> taken(page, taken), () -> notTaken(page, line, verdict));
    }

    private static void taken(Page page, Verdict.Taken taken) {
        Entry entry = taken.entry();
        page.section(
                switch (taken.meaning()) {
                    case EVENT -> "Recognized: an event";
                    case MARK -> "Recognized: a mark, which tells what was done but not when";
                    case NOISE -> "Recognized: noise, known to mean nothing";
                    case NEEDS_TIME -> "Recognized, but of no use: it would prove something if it had a time";
                });
        page.labelled("entry", Optional.of(Ink.BOLD), entry.id());
        page.labelled("place", Optional.empty(), entry.place());
        page.labelled("kinds", Optional.empty(), kinds(entry));
        if (!taken.fields().isEmpty()) {
            page.labelled(
                    "fields",
                    Optional.empty(),
                    taken.fields().entrySet().stream()
                            .map(field -> field.getKey() + "=" + field.getValue())
                            .collect(joining(", ")));
        }
        entry.versions().ifPresent(versions -> page.labelled("versions", Optional.empty(), versions));
        entry.source().ifPresent(source -> page.labelled("from", Optional.empty(), source));
    }

    private void notTaken(Page page, LogLine line, Verdict verdict) {
        page.section("Not recognized");
        if (line.component() == Component.OTHER) {
            page.prose("The catalog covers no program that this line's sender names: it counts as unrelated.");
        } else {
            page.prose("No entry for " + name(line.component()) + " takes this message"
                    + (verdict.nearest().isEmpty() ? ", and none comes near it." : "."));
        }
        if (!verdict.fromOthers().isEmpty()) {
            page.prose("From another program it would be recognized: "
                    + verdict.fromOthers().stream()
                            .map(entry -> entry.id() + " (" + entry.place() + ")")
                            .collect(joining(", "))
                    + ".");
        }
        if (!verdict.nearest().isEmpty()) {
            page.section("Nearest entries");
            verdict.nearest().forEach(attempt -> attempt(page, line.message(), attempt));
        }
    }

    private void attempt(Page page, String message, Attempt attempt) {
        Entry entry = attempt.entry();
        page.line("  " + page.ink(Ink.BOLD, entry.id()) + "  " + entry.place() + "  " + kinds(entry));
        if (!attempt.holdsLiteral()) {
            page.wrapped(
                    INDENT,
                    "The message lacks "
                            + (entry.literals().size() == 1 ? "the literal " : "each of the literals ")
                            + entry.literals().stream()
                                    .map(text -> "'" + text + "'")
                                    .collect(joining(", ")) + ".");
        }
        if (attempt.reach().isEmpty()) {
            page.wrapped(INDENT, "Its grok takes too long on this message and is given up.");
        } else {
            reach(page, message, attempt.reach().getAsInt());
        }
        page.line(INDENT + page.ink(Ink.DIM, "an example of its own:"));
        verbatim(page, attempt.example(), 0, false);
    }

    private void reach(Page page, String message, int reach) {
        if (reach >= message.length()) {
            page.wrapped(
                    INDENT, "All of the message fits as far as it goes; the grok wants something more, or elsewhere.");
        } else {
            page.wrapped(
                    INDENT,
                    reach == 0
                            ? "The grok wants another beginning:"
                            : "The grok fits up to character " + reach + ", not beyond:");
            verbatim(page, message, reach, true);
        }
    }

    /** The text on one line, cut around {@code place}, counted from 0, and a caret below that if wanted. */
    private void verbatim(Page page, String text, int place, boolean caret) {
        int room = page.width() - INDENT.length() - 1;
        int from = caret && text.length() > room ? Math.max(0, place - room * 2 / 3) : 0;
        String ellipsis = from > 0 ? "…" : "";
        page.line(INDENT + ellipsis + Page.shortened(Page.printable(text.substring(from)), room - ellipsis.length()));
        if (caret) {
            page.line(INDENT + " ".repeat(place - from + ellipsis.length()) + page.ink(Ink.RED, "^"));
        }
    }

    private static String kinds(Entry entry) {
        return entry.kinds().stream().map(Enum::name).collect(joining(", "));
    }

    private static String name(Component component) {
        return component.name().toLowerCase(Locale.ROOT);
    }

    private static String unit(Precision precision) {
        return switch (precision) {
            case NANOS -> "nanosecond";
            case MICROS -> "microsecond";
            case MILLIS -> "millisecond";
            case SECONDS -> "second";
            case TEN_SECONDS -> "ten seconds";
            case MINUTES -> "minute";
            case REPEATED_HOUR -> "hour, which clocks showed twice";
        };
    }
}
