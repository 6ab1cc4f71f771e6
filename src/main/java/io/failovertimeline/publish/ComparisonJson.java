package io.failovertimeline.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.gate.Figure;
import io.failovertimeline.gate.Figures;

/** Two runs, or two sets of runs, figure by figure, as docs/json.md describes it. */
public final class ComparisonJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ComparisonJson() {}

    /** The whole document. */
    public static ObjectNode of(String nameA, Figures a, String nameB, Figures b) {
        ObjectNode json = NODES.objectNode();
        json.putObject("a").put("path", nameA).put("runs", a.runs());
        json.putObject("b").put("path", nameB).put("runs", b.runs());
        ArrayNode figures = json.putArray("figures");
        for (Figure figure : a.with(b)) {
            ObjectNode row = figures.addObject();
            row.put("kind", figure.kind().name());
            row.put("measure", figure.measure().name());
            figure.phase().ifPresent(phase -> row.put("phase", phase.name()));
            if (!figure.endpoint().isEmpty()) {
                row.put("endpoint", figure.endpoint());
            }
            spread(row, "a", figure, a);
            spread(row, "b", figure, b);
        }
        return json;
    }

    private static void spread(ObjectNode row, String side, Figure figure, Figures figures) {
        figures.spread(figure).ifPresent(spread -> {
            ObjectNode json = row.putObject(side);
            json.put("count", spread.count());
            put(json, "least", figure, spread.least());
            put(json, "median", figure, spread.median());
            put(json, "most", figure, spread.most());
        });
    }

    private static void put(ObjectNode json, String name, Figure figure, long value) {
        if (figure.measure().isSpan()) {
            json.put(name + "Seconds", value / 1000.0);
        } else {
            json.put(name, value);
        }
    }
}
