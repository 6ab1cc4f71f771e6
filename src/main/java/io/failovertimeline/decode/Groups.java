package io.failovertimeline.decode;

import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Names that belong together. A group is called by its smallest name, whatever order it was joined in. */
final class Groups {

    private final TreeMap<String, String> parents = new TreeMap<>();

    void add(String name) {
        parents.putIfAbsent(name, name);
    }

    void join(String one, String other) {
        add(one);
        add(other);
        String first = of(one);
        String second = of(other);
        boolean inOrder = first.compareTo(second) <= 0;
        parents.put(inOrder ? second : first, inOrder ? first : second);
    }

    /** The group of {@code name}, which is its own where nothing was joined to it. */
    String of(String name) {
        String group = name;
        String parent = parents.getOrDefault(group, group);
        while (!parent.equals(group)) {
            group = parent;
            parent = parents.getOrDefault(group, group);
        }
        return group;
    }

    Set<String> names() {
        return parents.keySet();
    }

    Set<String> all() {
        Set<String> groups = new TreeSet<>();
        parents.keySet().forEach(name -> groups.add(of(name)));
        return groups;
    }
}
