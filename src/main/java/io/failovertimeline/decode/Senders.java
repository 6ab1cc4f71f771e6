package io.failovertimeline.decode;

import io.failovertimeline.model.Component;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@link Programs} says of names, by their bytes; and whose lines say something else, such as a container's. */
final class Senders {

    private static final int MOST = 256;

    private final ByteMap<Name> known = new ByteMap<>(MOST);
    private Set<String> suspects = Set.of();

    /** What a name says; empty if the lines have to be looked at. Kept, so that an answer costs no object. */
    private record Name(Optional<Component> component) {}

    /** Which component logs under this name of a program or unit, in UTF-8; empty if the lines have to be looked at. */
    Optional<Component> named(byte[] bytes, int from, int to) {
        @Nullable Name name = known.get(bytes, from, to);
        if (name == null) {
            String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            name = new Name(suspects.contains(text) ? Optional.empty() : Optional.of(Programs.named(text)));
            known.put(bytes, from, to, name);
        }
        return name.component();
    }

    /** Lines under these names are to be looked at, whatever the name says. */
    void suspect(Set<String> names) {
        if (!names.equals(suspects)) {
            suspects = names;
            known.clear();
        }
    }
}
