package io.failovertimeline.recognize;

import io.krakens.grok.api.Grok;
import io.krakens.grok.api.GrokCompiler;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compiles grok expressions; made on first use, because that costs more than reading the whole catalog. */
final class Groks {

    private final Map<String, String> definitions;
    private @Nullable GrokCompiler compiler;

    /**
     * Grok expressions may use java-grok's own patterns and {@code definitions}.
     *
     * @param definitions regular expressions, which may use others, by name
     */
    Groks(Map<String, String> definitions) {
        this.definitions = new TreeMap<>(definitions);
    }

    /**
     * The expression, anchored at both ends; a dot in it matches line ends too.
     *
     * @throws IllegalArgumentException if it can't be compiled, with the reason
     */
    Grok wholeText(String expression) {
        return compiler().compile("\\A(?s:" + expression + ")\\z", true);
    }

    private synchronized GrokCompiler compiler() {
        if (compiler == null) {
            compiler = GrokCompiler.newInstance();
            compiler.registerDefaultPatterns();
            compiler.register(definitions);
        }
        return compiler;
    }
}
