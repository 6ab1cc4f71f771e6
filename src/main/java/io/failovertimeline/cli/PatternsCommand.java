package io.failovertimeline.cli;

import io.failovertimeline.model.Component;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.publish.CatalogJson;
import io.failovertimeline.publish.TextCatalog;
import io.failovertimeline.recognize.Catalog;
import io.failovertimeline.recognize.CatalogCheck;
import io.failovertimeline.recognize.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code patterns}: what lines are recognized, and whether the patterns are sound. */
@Command(
        name = "patterns",
        description = "Lists the catalog of log messages, shows one entry whole, or checks all.",
        footer = {
            "",
            "Examples:",
            "  ./failover patterns --component patroni --kind REFUSED",
            "  ./failover patterns watchdog                     entries with this word, in any case",
            "  ./failover patterns show patroni.promoted-by-lock",
            "  ./failover patterns --check --patterns my-patterns",
            "",
            "Exit codes: 0 fine, 2 wrong usage, no such entry or bad patterns, 3 an internal error."
        })
public final class PatternsCommand implements Callable<Integer> {

    private static final String SHOW = "show";

    /** How entries are written. */
    enum Format {
        text,
        json
    }

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PatternOptions patterns = new PatternOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "WORD",
            description = "Words that an entry's id, grok or examples hold, all of them; or: show ID.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--component",
            paramLabel = "NAME",
            description = "Entries for this one only: ${COMPLETION-CANDIDATES}.")
    private @Nullable Component component;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Entries only that prove this, such as PROMOTED or NOISE.")
    private @Nullable EventKind kind;

    @Option(
            names = "--check",
            description =
                    "Compile every entry, try each on the examples of all, and name every bad one with file and line.")
    private boolean check;

    @Option(names = "--format", description = "text (for people) or json (for programs). Default: text.")
    private Format format = Format.text;

    /** Prints as {@code terminal} can show it. */
    public PatternsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        TextCatalog text = new TextCatalog(terminal.columns(), terminal.coloursOutput());
        if (check) {
            CatalogCheck found = CatalogCheck.of(patterns.directories());
            print(text.check(found));
            return found.problems().isEmpty() ? ExitCode.FINE : ExitCode.UNUSABLE;
        }
        Catalog catalog = patterns.catalog();
        if (words.size() == 2 && words.get(0).equals(SHOW)) {
            Entry entry = catalog.entry(words.get(1)).orElseThrow(() -> unknown(words.get(1), catalog));
            print(
                    switch (format) {
                        case text -> text.entry(entry);
                        case json -> CatalogJson.entry(entry).toPrettyString() + "\n";
                    });
            return ExitCode.FINE;
        }
        List<Entry> wanted = catalog.entries().stream().filter(this::isWanted).toList();
        print(
                switch (format) {
                    case text -> text.list(wanted, catalog.entries().size());
                    case json -> CatalogJson.entries(wanted).toPrettyString() + "\n";
                });
        return ExitCode.FINE;
    }

    private boolean isWanted(Entry entry) {
        return (component == null || entry.components().contains(component))
                && (kind == null || entry.kinds().contains(kind))
                && words.stream().allMatch(word -> holds(entry, word));
    }

    private static boolean holds(Entry entry, String word) {
        String wanted = word.toLowerCase(Locale.ROOT);
        List<String> texts = new ArrayList<>(entry.examples());
        texts.add(entry.id());
        texts.add(entry.grok());
        return texts.stream().anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private ParameterException unknown(String id, Catalog catalog) {
        String last = id.substring(id.lastIndexOf('.') + 1);
        List<String> alike = catalog.entries().stream()
                .map(Entry::id)
                .filter(known -> known.contains(last))
                .limit(5)
                .toList();
        return new ParameterException(
                spec.commandLine(),
                "There is no entry " + id
                        + (alike.isEmpty()
                                ? "; ./failover patterns lists all"
                                : "; there is " + String.join(", ", alike)));
    }

    private void print(String text) {
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }
}
