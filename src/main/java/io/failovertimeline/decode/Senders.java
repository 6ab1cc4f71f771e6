package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What {@link Programs} says of names, by their bytes. */
final class Senders {

    private static final int MOST = 256;

    private final ByteMap<Component> known = new ByteMap<>(MOST);

    /** Which component logs under this name of a program or unit, in UTF-8. */
    Component named(byte[] bytes, int from, int to) {
        @Nullable Component component = known.get(bytes, from, to);
        if (component == null) {
            component = Programs.named(new String(bytes, from, to - from, StandardCharsets.UTF_8));
            known.put(bytes, from, to, component);
        }
        return component;
    }
}
