package io.failovertimeline.decode;

import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** Zones as logs write them. */
final class ZoneText {

    /** Abbreviations with one meaning. IST, CST, BST and EST have several and are missing on purpose. */
    private static final Map<String, ZoneOffset> USUAL = Map.of(
            "MSK", ZoneOffset.ofHours(3),
            "CET", ZoneOffset.ofHours(1),
            "CEST", ZoneOffset.ofHours(2),
            "EET", ZoneOffset.ofHours(2),
            "EEST", ZoneOffset.ofHours(3),
            "JST", ZoneOffset.ofHours(9));

    private ZoneText() {}

    /** The offset that {@code zone} says itself: {@code UTC}, {@code Z}, {@code +03}, {@code +0300}, {@code +03:00}. */
    static Optional<ZoneOffset> offset(String zone) {
        return switch (zone) {
            case "UTC", "GMT", "Z", "UCT" -> Optional.of(ZoneOffset.UTC);
            default -> {
                Cursor cursor = new Cursor(zone, 0);
                Optional<ZoneOffset> offset = offset(cursor);
                yield cursor.atEnd() ? offset : Optional.empty();
            }
        };
    }

    /** The offset of an abbreviation that is used for one offset only; empty for all others. */
    static Optional<ZoneOffset> usualOffset(String abbreviation) {
        return Optional.ofNullable(USUAL.get(abbreviation));
    }

    /** Takes {@code Z} or a signed offset; stays in place if there is none. */
    static Optional<ZoneOffset> offset(Cursor cursor) {
        if (cursor.peek() == 'Z' && !Cursor.isLetter(cursor.peek(1))) {
            cursor.take('Z');
            return Optional.of(ZoneOffset.UTC);
        }
        int start = cursor.at();
        int sign = cursor.take('+') ? 1 : cursor.take('-') ? -1 : 0;
        int hours = sign == 0 ? -1 : cursor.number(2);
        if (hours < 0) {
            cursor.moveTo(start);
            return Optional.empty();
        }
        int beforeMinutes = cursor.at();
        cursor.take(':');
        int minutes = cursor.number(2);
        if (minutes < 0) {
            cursor.moveTo(beforeMinutes);
            minutes = 0;
        }
        if (hours > 15 || minutes > 59 || Cursor.isDigit(cursor.peek())) {
            cursor.moveTo(start);
            return Optional.empty();
        }
        return Optional.of(ZoneOffset.ofTotalSeconds(sign * (hours * 60 + minutes) * 60));
    }

    /** Takes what can be a zone: {@code MSK}, {@code UTC}, {@code +03}; stays in place if there is none. */
    static Optional<String> word(Cursor cursor) {
        int length = 0;
        char first = cursor.peek();
        if (first == '+' || first == '-') {
            length = 1;
            while (Cursor.isDigit(cursor.peek(length)) || (cursor.peek(length) == ':' && length == 3)) {
                length++;
            }
            length = length >= 3 ? length : 0;
        } else {
            while (cursor.peek(length) >= 'A' && cursor.peek(length) <= 'Z') {
                length++;
            }
            length = length <= 5 ? length : 0;
        }
        if (length == 0) {
            return Optional.empty();
        }
        StringBuilder zone = new StringBuilder();
        for (int i = 0; i < length; i++) {
            zone.append(cursor.peek(i));
        }
        cursor.moveTo(cursor.at() + length);
        return Optional.of(zone.toString());
    }
}
