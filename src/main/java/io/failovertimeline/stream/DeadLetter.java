package io.failovertimeline.stream;

import java.util.Optional;

/**
 * A record that could not be used, as it stands in {@code failover-dead-letters}.
 *
 * @param reason why not, a code such as {@code BROKEN_JSON}
 * @param topic the topic it was read from
 * @param partition the partition
 * @param offset the offset
 * @param excerpt the beginning of what can't be used, at most 200 characters
 * @param bytes the record's value, Base64 in JSON, cut after 256 KiB; empty where only what was made of it is left
 * @param size the record's value had so many bytes
 * @param error what is wrong, in words
 */
record DeadLetter(
        String reason,
        String topic,
        int partition,
        long offset,
        String excerpt,
        Optional<byte[]> bytes,
        int size,
        String error) {

    static final int LONGEST_EXCERPT = 200;

    /** Where the record stands, {@code patroni-logs-0@17}. */
    String origin() {
        return topic + "-" + partition + "@" + offset;
    }
}
