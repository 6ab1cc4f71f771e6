package io.failovertimeline.recognize;

import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Mark;
import io.failovertimeline.model.Stamp;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** Tells what log lines prove, by the catalog. May be used by several threads. */
public final class Recognizer {

    /** Messages are cut here before they are matched, in characters. */
    static final int LONGEST_MESSAGE = 8192;

    /** What a line may prove that has no time: something was done, by a hand that leaves traces of its own. */
    private static final Set<EventKind> MARKS = Set.of(
            EventKind.FAULT_SIGNAL,
            EventKind.SWITCHOVER_REQUESTED,
            EventKind.FAILOVER_REQUESTED,
            EventKind.RESTART_REQUESTED);

    private static final String UNIT = "unit";
    private static final Pattern DIGITS = Pattern.compile("[0-9]");

    private final List<Rule> rules;
    private final Literals literals;
    /** By the place of a literal: the place of the rule it belongs to. */
    private final int[] ruleOfLiteral;

    /** Those in which digits stand, with noughts for these. */
    private final List<String> literalsWithDigits;

    private final Set<String> cutOff = ConcurrentHashMap.newKeySet();

    /** Recognizes by the entries of {@code catalog}. */
    public Recognizer(Catalog catalog) {
        rules = catalog.rules();
        List<String> texts = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        for (int rule = 0; rule < rules.size(); rule++) {
            for (String literal : rules.get(rule).entry().literals()) {
                texts.add(literal);
                owners.add(rule);
            }
        }
        literals = new Literals(texts);
        literalsWithDigits = texts.stream()
                .filter(text -> DIGITS.matcher(text).find())
                .map(Recognizer::withoutDigits)
                .toList();
        ruleOfLiteral = owners.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * Whether a raw line may hold a message that an entry matches. Where this is false, decoding it is not worth while.
     *
     * @param bytes UTF-8, the line anyhow wrapped: plain, in JSON, in CSV
     * @param from the line's first byte
     * @param to after its last
     */
    public boolean mayMatter(byte[] bytes, int from, int to) {
        return literals.anyIn(bytes, from, to);
    }

    /**
     * What {@code line}, of {@code cluster}, proves. A message of several lines is tried as a whole; where that proves nothing, what
     * its first line proves counts, since what follows takes nothing back.
     */
    public Recognition recognize(LogLine line, String cluster) {
        String message = cut(line.message());
        Recognition whole = recognize(line, cluster, message);
        int end = message.indexOf('\n');
        if (end < 0 || isSignificant(whole)) {
            return whole;
        }
        Recognition first = recognize(line, cluster, message.substring(0, end));
        return isSignificant(first) || isUnknown(whole) ? first : whole;
    }

    private static boolean isSignificant(Recognition recognition) {
        return recognition.match(significant -> true, noise -> false, () -> false);
    }

    private static boolean isUnknown(Recognition recognition) {
        return recognition.match(significant -> false, noise -> false, () -> true);
    }

    /** By the first entry that matches {@code text}, the whole message or a part of it. */
    private Recognition recognize(LogLine line, String cluster, String text) {
        BitSet candidates = candidates(line.component(), text);
        for (int n = candidates.nextSetBit(0); n >= 0; n = candidates.nextSetBit(n + 1)) {
            Rule rule = rules.get(n);
            Optional<SortedMap<String, String>> fields = fields(rule, text);
            if (fields.isPresent()) {
                SortedMap<String, String> known = withSubject(fields.get(), line);
                return recognition(line, cluster, cut(line.message()), rule.entry(), known);
            }
        }
        return new Recognition.Unknown();
    }

    /** systemd's message may hold a unit's description only, while journald's field names the unit. */
    private static SortedMap<String, String> withSubject(SortedMap<String, String> fields, LogLine line) {
        if (line.subjectUnit().isEmpty() || !fields.containsKey(UNIT)) {
            return fields;
        }
        TreeMap<String, String> named = new TreeMap<>(fields);
        named.put(UNIT, line.subjectUnit().get());
        return named;
    }

    /**
     * Whether all messages that differ from {@code message} in nothing but what digits stand in it are matched by the same entry, or
     * all by none.
     */
    public boolean isDigitBlind(Component component, String message) {
        String masked = withoutDigits(message);
        if (literalsWithDigits.stream().anyMatch(masked::contains)) {
            return false;
        }
        return candidates(component, cut(message)).stream()
                .allMatch(rule -> rules.get(rule).isDigitBlind());
    }

    private static String withoutDigits(String text) {
        return DIGITS.matcher(text).replaceAll("0");
    }

    /** Ids of the entries whose match was given up, for at least one message, because it took too long. */
    public SortedSet<String> cutOff() {
        return new TreeSet<>(cutOff);
    }

    private BitSet candidates(Component component, String message) {
        BitSet candidates = new BitSet(rules.size());
        BitSet found = literals.in(message);
        for (int literal = found.nextSetBit(0); literal >= 0; literal = found.nextSetBit(literal + 1)) {
            int rule = ruleOfLiteral[literal];
            if (rules.get(rule).entry().components().contains(component)) {
                candidates.set(rule);
            }
        }
        return candidates;
    }

    private Optional<SortedMap<String, String>> fields(Rule rule, String message) {
        try {
            return rule.fields(message);
        } catch (BoundedText.Exhausted endless) {
            if (cutOff.add(rule.entry().id())) {
                LoggerFactory.getLogger(Recognizer.class)
                        .atWarn()
                        .addKeyValue("rule", rule.entry().id())
                        .addKeyValue("place", rule.entry().place())
                        .log("a grok takes too long and is given up for such messages");
            }
            return Optional.empty();
        }
    }

    private static Recognition recognition(
            LogLine line, String cluster, String message, Entry entry, SortedMap<String, String> fields) {
        if (entry.isNoise()) {
            return new Recognition.KnownNoise(entry.id());
        }
        EventKind kind = entry.kinds().get(0);
        Optional<Evidence> event = line.stamp().map(stamp -> event(line, stamp, cluster, message, entry, fields));
        return event.or(() -> Optional.<Evidence>of(
                                new Mark(cluster, kind, line.host(), entry.id(), message, line.origin()))
                        .filter(mark -> MARKS.contains(kind)))
                .<Recognition>map(Recognition.Significant::new)
                .orElseGet(() -> new Recognition.KnownNoise(entry.id()));
    }

    private static ClusterEvent event(
            LogLine line, Stamp stamp, String cluster, String message, Entry entry, SortedMap<String, String> fields) {
        return new ClusterEvent(
                cluster,
                stamp.at(),
                stamp.precision(),
                entry.kinds(),
                line.host(),
                entry.id(),
                fields,
                message,
                line.origin());
    }

    /** What of a message is looked at. */
    static String cut(String message) {
        if (message.length() <= LONGEST_MESSAGE) {
            return message;
        }
        boolean splitsPair = Character.isHighSurrogate(message.charAt(LONGEST_MESSAGE - 1));
        return message.substring(0, splitsPair ? LONGEST_MESSAGE - 1 : LONGEST_MESSAGE);
    }
}
