package io.failovertimeline.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Makes dead letters of the record that a processor is at. */
final class DeadLetters {

    /** A larger value is cut, so that its dead letter fits into a record; {@code size} tells. */
    private static final int LONGEST_VALUE = 256 * 1024;

    private DeadLetters() {}

    /** The current record, which no code of {@code reason} can use. */
    static DeadLetter of(ProcessingContext context, byte[] value, String reason, String error) {
        RecordMetadata at = metadata(context);
        byte[] kept = value.length <= LONGEST_VALUE ? value : Arrays.copyOf(value, LONGEST_VALUE);
        return new DeadLetter(
                reason,
                at.topic(),
                at.partition(),
                at.offset(),
                excerpt(value),
                Optional.of(kept),
                value.length,
                error);
    }

    /** Where the current record stands. */
    static RecordMetadata metadata(ProcessingContext context) {
        return context.recordMetadata()
                .orElseThrow(
                        () -> new IllegalStateException("no record at " + context.taskId() + ": called from a timer"));
    }

    private static String excerpt(byte[] value) {
        String text =
                new String(value, 0, Math.min(value.length, DeadLetter.LONGEST_EXCERPT * 4), StandardCharsets.UTF_8);
        return text.substring(0, Math.min(text.length(), DeadLetter.LONGEST_EXCERPT))
                .strip();
    }
}
