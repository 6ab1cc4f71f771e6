package io.failovertimeline.replay;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.LogLine;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.UnknownLines;
import io.failovertimeline.recognize.Templates;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Counts unknown lines by template. If there are too many templates, those with the smallest hashes are kept: which these are, and how
 * often each occurs, does not hang on the order of the lines, for one that was dropped once stays below none that is kept.
 */
public final class UnknownTemplates implements UnknownListener {

    /** So many templates are kept. */
    public static final int MOST = 10_000;

    private final int most;
    private final TreeMap<Key, Counted> kept = new TreeMap<>();
    private Templates templates = new Templates(Set.of());
    private long lines;

    /** Keeps {@link #MOST}. */
    public UnknownTemplates() {
        this(MOST);
    }

    UnknownTemplates(int most) {
        this.most = most;
    }

    /** By hash first: chance decides what is kept, and always the same. */
    private record Key(long hash, Optional<Component> component, String template) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparingLong(Key::hash)
                .thenComparing(Key::template)
                .thenComparing(key -> key.component().map(Enum::name).orElse(""));

        static Key of(Optional<Component> component, String template) {
            long hash = component.map(one -> one.name().hashCode()).orElse(0);
            for (int i = 0; i < template.length(); i++) {
                hash = (hash ^ template.charAt(i)) * 0x100000001b3L;
            }
            hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
            return new Key(hash ^ (hash >>> 33), component, template);
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** How many, and the first of them by place. */
    private record Counted(long count, String example, Origin origin) {
        Counted plus(Counted other) {
            boolean isFirst = origin.compareTo(other.origin) <= 0;
            return new Counted(count + other.count, isFirst ? example : other.example, isFirst ? origin : other.origin);
        }
    }

    @Override
    public void names(Collection<String> members) {
        templates = new Templates(members);
    }

    @Override
    public void line(LogLine line) {
        add(Optional.of(line.component()), line.message(), line.origin());
    }

    @Override
    public void text(String text, Origin origin) {
        add(Optional.empty(), text.strip(), origin);
    }

    private void add(Optional<Component> component, String message, Origin origin) {
        lines++;
        String example = message.substring(0, Math.min(message.length(), Templates.LONGEST));
        Key key = Key.of(component, templates.template(message));
        if (kept.size() < most || key.compareTo(kept.lastKey()) <= 0) {
            kept.merge(key, new Counted(1, example, origin), Counted::plus);
            if (kept.size() > most) {
                kept.pollLastEntry();
            }
        }
    }

    /** What the templates take out of messages. */
    public Templates templates() {
        return templates;
    }

    /** What was shown so far. */
    public UnknownLines lines() {
        long counted = kept.values().stream().mapToLong(Counted::count).sum();
        return new UnknownLines(
                sorted(kept.entrySet().stream()
                        .filter(entry -> entry.getKey().component().isPresent())
                        .map(entry -> template(entry.getKey(), entry.getValue()))),
                sorted(kept.entrySet().stream()
                        .filter(entry -> entry.getKey().component().isEmpty())
                        .map(entry -> template(entry.getKey(), entry.getValue()))),
                lines - counted);
    }

    private static UnknownLines.Template template(Key key, Counted counted) {
        return new UnknownLines.Template(
                key.component(), key.template(), counted.count(), counted.example(), counted.origin());
    }

    private static List<UnknownLines.Template> sorted(Stream<UnknownLines.Template> templates) {
        return templates
                .sorted(Comparator.comparingLong(UnknownLines.Template::count)
                        .reversed()
                        .thenComparing(UnknownLines.Template::text)
                        .thenComparing(UnknownLines.Template::origin))
                .toList();
    }
}
