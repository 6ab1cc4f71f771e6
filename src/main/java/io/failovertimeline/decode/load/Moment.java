package io.failovertimeline.decode.load;

import io.failovertimeline.decode.ByteTime;
import io.failovertimeline.model.Precision;
import java.time.Instant;
import java.util.Optional;

/** A time that is read from a field's bytes; one object is used for all lines of a source. {@link Timestamp} says what it means. */
final class Moment {

    private static final int MOST_DIGITS = 19;
    private static final int SECONDS_END = 19;
    private static final long NANOS = 1_000_000_000;

    private final ByteTime dated = new ByteTime();
    private long second;
    private int nano;
    private Precision precision = Precision.NANOS;

    /** Takes a count since 1970 or a time as of RFC 3339; false if the field is neither. */
    boolean read(Fields row, int field) {
        return row.isNumber(field, 1, MOST_DIGITS) ? unix(row, field) : rfc3339(row, field);
    }

    /** Takes {@link Timestamp#unix}. */
    private boolean unix(Fields row, int field) {
        long count = 0;
        int to = row.to(field);
        byte[] bytes = row.bytes();
        for (int at = row.from(field); at < to; at++) {
            count = count * 10 + bytes[at] - '0';
        }
        if (count < 0) {
            return false; // beyond a long
        }
        precision = Timestamp.unit(row.length(field));
        long unit = NANOS / precision.unit().toNanos();
        second = count / unit;
        nano = (int) (count % unit * (NANOS / unit));
        return true;
    }

    /** Takes {@link Timestamp#rfc3339}. */
    boolean rfc3339(Fields row, int field) {
        byte[] bytes = row.bytes();
        int from = row.from(field);
        int to = row.to(field);
        boolean isUsual = to - from > SECONDS_END
                && bytes[from + SECONDS_END] != ','
                && (bytes[to - 1] == 'Z' || (bytes[to - 3] == ':' && isSign(bytes[to - 6])));
        if (isUsual && dated.dated(bytes, from, to) == to && dated.isAbsolute()) {
            second = dated.second();
            nano = dated.nano();
            precision = Precision.ofFractionDigits(dated.fractionDigits());
            return true;
        }
        Optional<Timestamp> odd = Timestamp.rfc3339(row.text(field));
        odd.ifPresent(its -> at(its.at(), its.precision()));
        return odd.isPresent();
    }

    private static boolean isSign(byte character) {
        return character == '+' || character == '-';
    }

    /** Takes seconds since 1970 with a fraction, whose digits are as fine as it is. */
    boolean epochSeconds(Fields row, int field) {
        String text = row.text(field);
        int point = text.indexOf('.');
        Optional<Instant> instant = EpochSeconds.of(text);
        instant.ifPresent(at -> at(at, Precision.ofFractionDigits(point < 0 ? 0 : text.length() - point - 1)));
        return instant.isPresent();
    }

    /** Sets it to {@code instant}. */
    Moment at(Instant instant, Precision asWritten) {
        return at(instant.getEpochSecond(), instant.getNano(), asWritten);
    }

    /** Sets it to {@code nanoOfSecond} behind the second {@code since1970}. */
    Moment at(long since1970, int nanoOfSecond, Precision asWritten) {
        second = since1970;
        nano = nanoOfSecond;
        precision = asWritten;
        return this;
    }

    /** Goes back by {@code nanos}: to the start of what took so long and ended then. */
    Moment minus(long nanos) {
        long behind = nano - nanos;
        second += Math.floorDiv(behind, NANOS);
        nano = (int) Math.floorMod(behind, NANOS);
        return this;
    }

    /** In seconds since 1970. */
    long second() {
        return second;
    }

    /** How many nanoseconds into that second. */
    int nano() {
        return nano;
    }

    /** How fine it was written. */
    Precision precision() {
        return precision;
    }
}
