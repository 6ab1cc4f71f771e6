package io.failovertimeline.stream;

import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * A topic as the program reads or writes it.
 *
 * @param name its name on the broker
 * @param keys how keys are written
 * @param values how values are written
 */
public record Topic<K, V>(String name, Serde<K> keys, Serde<V> values) {

    /** How the topology reads it. */
    public Consumed<K, V> consumed() {
        return Consumed.with(keys, values).withName(name);
    }

    /** How the topology writes it. */
    public Produced<K, V> produced() {
        return produced("sink");
    }

    /** How the topology writes it from one of several places. */
    public Produced<K, V> produced(String place) {
        return Produced.with(keys, values).withName(name + "-" + place);
    }
}
