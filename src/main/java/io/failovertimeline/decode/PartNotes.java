package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where in a source that several logs were put into each of them begins, and who wrote it. A part begins with the line that {@code tail}
 * writes above a file, with the fence of a quotation, with a prompt, and, in what is no file, where times go back, as they do where one
 * log ends and another begins. It is its only speaker's; if nobody speaks, that of the one who is named above it. Where one speaks after
 * the other, what stands between them is nobody's, and where they speak by turns, all is.
 */
final class PartNotes {

    /** More parts than this are told of nobody. */
    private static final int MOST = 4096;

    /** A logger writes lines of one host this much out of order. */
    private static final Duration LEAST_BACK = Duration.ofSeconds(2);

    /** Of a heading, of words that stand out, and of what ends with a colon. */
    private static final Pattern MARKS = Pattern.compile("^[#*_` ]+|[*_`: ]+$");

    private static final Pattern FILE = Pattern.compile("==> (.+) <==");

    private final List<Part> parts = new ArrayList<>();
    private Optional<String> above = Optional.empty();
    private boolean isQuotation;
    private @Nullable LocalDateTime latest;
    private long end;

    /**
     * Lines one below the other.
     *
     * @param first the number of the first
     * @param label what is written above them
     * @param isFile whether that is the name of a file
     * @param voices who speaks, one after the other
     */
    private record Part(long first, Optional<String> label, boolean isFile, List<Voice> voices) {

        Optional<String> host(Collection<String> known, Map<String, String> members) {
            return voices.isEmpty()
                    ? called().flatMap(name -> Optional.ofNullable(members.get(name)))
                            .or(() -> label.flatMap(
                                    its -> isFile ? SourceHosts.ofFile(its, known) : SourceHosts.named(its, known)))
                    : onlyVoice();
        }

        Optional<String> onlyVoice() {
            return voices.size() == 1 ? Optional.of(voices.get(0).name()) : Optional.empty();
        }

        /** The name of the host or file that is written above, which is its last word. */
        Optional<String> called() {
            return label.map(its -> MARKS.matcher(its).replaceAll(""))
                    .map(words -> words.substring(words.lastIndexOf(' ') + 1))
                    .flatMap(SourceHosts::called);
        }

        boolean isByTurns() {
            return voices.stream().map(Voice::name).distinct().count() < voices.size();
        }
    }

    /** One who speaks from one line on, and with no other between, to another. */
    private record Voice(String name, long first, long last) {}

    /** Whether {@code line} is what {@code tail} and {@code head} write above each of several files. */
    static boolean isFile(String line) {
        return line.startsWith("==> ") && line.endsWith(" <==");
    }

    PartNotes() {
        begin(1, Optional.empty(), false);
    }

    /** Takes the next line. */
    void add(String text, Optional<Reading> reading, long line) {
        end = line;
        Matcher file = FILE.matcher(text);
        if (file.matches()) {
            begin(line, Optional.of(file.group(1)), true);
        } else if (text.startsWith("```") || text.startsWith("~~~")) {
            isQuotation = !isQuotation;
            begin(line, isQuotation ? above : Optional.empty(), false);
            above = Optional.empty();
        } else if (reading.isPresent()) {
            add(reading.get(), line);
        } else if (!isQuotation && !text.isBlank()) {
            above = Optional.of(text);
        }
    }

    private void add(Reading reading, long line) {
        if (reading.format().equals("shell")) {
            begin(line, reading.host(), false);
        } else if (reading.host().isEmpty()) {
            reading.ownTime()
                    .or(reading::envelopeTime)
                    .flatMap(WrittenTime::wall)
                    .ifPresent(wall -> written(wall, line));
            reading.message()
                    .filter(message -> reading.component() == Component.PATRONI)
                    .flatMap(MemberNotes::self)
                    .ifPresent(self -> speaks(self, line));
        }
    }

    private void written(LocalDateTime wall, long line) {
        boolean isBack = latest != null && Duration.between(wall, latest).compareTo(LEAST_BACK) > 0;
        if (isBack && !last().isFile()) {
            begin(line, last().label(), false);
        }
        latest = wall;
    }

    private void speaks(String self, long line) {
        List<Voice> voices = last().voices();
        int latestVoice = voices.size() - 1;
        if (latestVoice >= 0 && voices.get(latestVoice).name().equals(self)) {
            voices.set(latestVoice, new Voice(self, voices.get(latestVoice).first(), line));
        } else if (voices.size() < MOST) {
            voices.add(new Voice(self, line, line));
        }
    }

    private void begin(long line, Optional<String> label, boolean isFile) {
        latest = null;
        if (parts.size() <= MOST) {
            parts.add(new Part(line, label, isFile, new ArrayList<>()));
        }
    }

    private Part last() {
        return parts.get(parts.size() - 1);
    }

    /** Who speaks in parts, by what is written above them; see {@link SourceHosts#membersByName}. */
    Map<String, Set<String>> speakers() {
        Map<String, Set<String>> speakers = new TreeMap<>();
        parts.forEach(part -> part.called().ifPresent(name -> part.voices()
                .forEach(voice -> speakers.computeIfAbsent(name, unused -> new TreeSet<>())
                        .add(voice.name()))));
        return speakers;
    }

    /**
     * Who wrote what, as far as lines were taken.
     *
     * @param known the members and hosts that the input names
     * @param members by what their sources are called
     */
    Parts parts(Collection<String> known, Map<String, String> members) {
        TreeMap<Long, Optional<String>> hosts = new TreeMap<>();
        if (parts.size() > MOST) {
            return new Parts(Map.of(1L, Optional.empty()));
        }
        for (Part part : parts) {
            hosts.put(part.first(), part.host(known, members));
            if (part.voices().size() > 1 && !part.isByTurns()) {
                oneAfterTheOther(part, hosts);
            }
        }
        hosts.put(end + 1, Optional.empty());
        return new Parts(hosts);
    }

    private static void oneAfterTheOther(Part part, Map<Long, Optional<String>> hosts) {
        List<Voice> voices = part.voices();
        for (Voice voice : voices) {
            boolean isFirst = voice.equals(voices.get(0));
            hosts.put(isFirst ? part.first() : voice.first(), Optional.of(voice.name()));
            if (!voice.equals(voices.get(voices.size() - 1))) {
                hosts.put(voice.last() + 1, Optional.empty());
            }
        }
    }
}
