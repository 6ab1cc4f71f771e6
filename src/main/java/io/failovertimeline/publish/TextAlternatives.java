package io.failovertimeline.publish;

import static java.util.stream.Collectors.joining;

import io.failovertimeline.model.AlternativeCause;
import io.failovertimeline.model.AlternativeCause.Verdict;
import io.failovertimeline.model.Incident;
import java.util.List;
import java.util.Optional;

/**
 * Which other causes were considered: the excluded ones on a line, the best reason with it; in the whole report each with its reason
 * and the lines that prove it.
 */
record TextAlternatives(Incident incident, Places places) {

    private static final String NOT = "not";

    void writeTo(Page page) {
        List<AlternativeCause> excluded = of(Verdict.EXCLUDED);
        List<AlternativeCause> lessLikely = of(Verdict.LESS_LIKELY);
        if (page.isWhole()) {
            excluded.forEach(other -> page.labelled(NOT, Optional.empty(), full(other)));
            lessLikely.forEach(other -> page.labelled("less likely", Optional.empty(), full(other)));
        } else if (!excluded.isEmpty()) {
            page.labelled(NOT, Optional.empty(), inShort(excluded) + open(lessLikely));
        }
    }

    private List<AlternativeCause> of(Verdict verdict) {
        return incident.cause().alternatives().stream()
                .filter(other -> other.verdict() == verdict)
                .toList();
    }

    private String full(AlternativeCause other) {
        String proofs = other.evidence().stream()
                .map(index -> places.shown(incident.events().get(index).origin()))
                .collect(joining(", "));
        return other.code() + ": " + other.reason() + (proofs.isEmpty() ? "" : " (" + proofs + ")");
    }

    private static String inShort(List<AlternativeCause> excluded) {
        String others =
                excluded.stream().skip(1).map(other -> other.code().name()).collect(joining(", "));
        return excluded.get(0).code() + " (" + excluded.get(0).reason() + ")" + (others.isEmpty() ? "" : ", " + others);
    }

    private static String open(List<AlternativeCause> lessLikely) {
        return lessLikely.isEmpty()
                ? ""
                : "; less likely: "
                        + lessLikely.stream().map(other -> other.code().name()).collect(joining(", "));
    }
}
