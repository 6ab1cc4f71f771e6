package io.failovertimeline.config;

import java.util.List;

/** Settings that can't be used, all of them. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<Fault> faults;

    ConfigurationException(List<Fault> faults) {
        super(String.join("; ", faults.stream().map(Fault::toString).toList()));
        this.faults = List.copyOf(faults);
    }

    /** What is wrong, in the order of the sources. */
    public List<Fault> faults() {
        return faults;
    }
}
