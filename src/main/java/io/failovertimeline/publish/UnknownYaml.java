package io.failovertimeline.publish;

import io.failovertimeline.model.UnknownLines;
import io.failovertimeline.recognize.Skeletons;
import java.util.Locale;

/** Unknown lines as a file of catalog entries to edit: it can be used as it is, and then says that they all mean nothing. */
public final class UnknownYaml {

    private static final String HEAD = """
            # Entries for lines that nothing recognized, the most frequent first. Each says so far that its lines are known
            # and mean nothing: NOISE. Where they prove something, change `kinds`, and name in `grok` what is to be a field.
            # Check them with: ./failover patterns --check --patterns DIR
            """;

    private UnknownYaml() {}

    /** The entries of the first {@code most} templates. */
    public static String of(UnknownLines unknown, Skeletons skeletons, int most) {
        StringBuilder yaml = new StringBuilder(HEAD);
        unknown.messages().stream().limit(most).forEach(template -> yaml.append(
                        String.format(Locale.ROOT, "\n# %,d × %s\n", template.count(), template.origin()))
                .append(skeletons.yaml(template.component().orElseThrow(), template.example())));
        return yaml.toString();
    }
}
