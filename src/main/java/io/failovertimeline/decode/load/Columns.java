package io.failovertimeline.decode.load;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where columns stand, by the names in a header. */
final class Columns {

    private final Map<String, Integer> byName = new HashMap<>();
    private final int count;

    /** The columns of the header that {@code row} is. Of two with the same name the first counts. */
    Columns(Fields row) {
        count = row.count();
        for (int i = 0; i < count; i++) {
            byName.putIfAbsent(row.text(i).strip(), i);
        }
    }

    /** How many there are. */
    int count() {
        return count;
    }

    /** A column's place from 0; -1 if there is none of that name. */
    int of(String name) {
        return byName.getOrDefault(name, -1);
    }

    /** The places of several columns, in this order. */
    int[] of(List<String> names) {
        return names.stream().mapToInt(this::of).toArray();
    }

    /** Whether all of {@code names} are there. */
    boolean have(String... names) {
        for (String name : names) {
            if (!byName.containsKey(name)) {
                return false;
            }
        }
        return true;
    }
}
