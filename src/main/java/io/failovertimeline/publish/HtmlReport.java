package io.failovertimeline.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.failovertimeline.model.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A report as one file for a browser, without a server and without anything from elsewhere: the page of {@code serve} with its scripts,
 * its styles and the JSON it is drawn from. Its Content-Security-Policy lets nothing else run.
 */
public final class HtmlReport {

    private static final Pattern SCRIPT = Pattern.compile("<script src=\"([a-zA-Z.-]+)\" defer></script>");
    private static final Pattern STYLE = Pattern.compile("<link rel=\"stylesheet\" href=\"([a-zA-Z.-]+)\">");

    /** Characters of a report; with the scripts the file stays below 2 MB. */
    private static final int MOST_CHARACTERS = 1_700_000;

    /** Fewer would show nothing of what clients felt. */
    private static final int LEAST_POINTS = 3_000;

    private HtmlReport() {}

    /** The whole file. */
    public static String render(Report report) {
        return page(fitted(PageJson.report(report), report));
    }

    private static String page(ObjectNode json) {
        List<String> scripts = new ArrayList<>();
        List<String> styles = new ArrayList<>();
        String page = WebResource.text("index.html");
        page = inlined(SCRIPT, page, "", scripts);
        page = inlined(STYLE, page, "style", styles);
        String policy = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; script-src "
                + hashes(scripts) + "; style-src " + hashes(styles);
        StringBuilder body = new StringBuilder("<script type=\"application/json\" id=\"report\">")
                .append(json.toString().replace("<", "\\u003c").replace("\u2028", "\\u2028"))
                .append("</script>\n");
        scripts.forEach(script -> body.append("<script>").append(script).append("</script>\n"));
        return page.replace(
                        "<meta charset=\"utf-8\">",
                        "<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy
                                + "\">")
                .replace("</body>", body + "</body>");
    }

    /** Replaces each reference by the element that holds the file, or by nothing; the files go to {@code texts}. */
    private static String inlined(Pattern references, String page, String element, List<String> texts) {
        return references
                .matcher(page)
                .replaceAll(reference -> Matcher.quoteReplacement(inline(reference, element, texts)));
    }

    private static String inline(MatchResult reference, String element, List<String> texts) {
        String text = WebResource.text(reference.group(1));
        texts.add(text);
        return element.isEmpty() ? "" : "<" + element + ">" + text + "</" + element + ">";
    }

    private static String hashes(List<String> texts) {
        return texts.stream()
                .map(WebResource::hash)
                .reduce((a, b) -> a + " " + b)
                .orElse("'none'");
    }

    /** The report with what is least needed left out until it is small enough; {@code leftOut} names that. */
    private static ObjectNode fitted(ObjectNode json, Report report) {
        if (isSmall(json)) {
            return json;
        }
        shorten(json.path("incidents"));
        for (int points = PageJson.MOST_POINTS / 2; points >= LEAST_POINTS && !isSmall(json); points /= 2) {
            PageJson.setLoad(json, report, points);
        }
        for (String part : List.of("inputs", "errorWindows", "perSecond", "told", "nearMisses")) {
            if (isSmall(json)) {
                return json;
            }
            if (json.remove(part) != null) {
                json.withArray("leftOut").add(part);
            }
        }
        ArrayNode incidents = json.withArray("incidents");
        while (!isSmall(json) && !incidents.isEmpty()) {
            incidents.remove(incidents.size() - 1);
            json.put("incidentsLeftOut", json.path("incidentsLeftOut").asInt() + 1);
        }
        return json;
    }

    private static boolean isSmall(ObjectNode json) {
        return json.toString().length() <= MOST_CHARACTERS;
    }

    private static void shorten(JsonNode incidents) {
        for (JsonNode incident : incidents) {
            for (JsonNode step : incident.path("events")) {
                String text = step.path("text").asText();
                if (text.length() > 500) {
                    ((ObjectNode) step).put("text", Page.shortened(text, 500));
                }
            }
        }
    }
}
