package io.failovertimeline.decode;

import java.util.function.Consumer;

/** Finds times with an offset anywhere in a text, such as {@code 2023-12-10 16:19:35.447349+03} in what psql printed. */
final class QuotedTimes {

    private QuotedTimes() {}

    static void in(String text, Consumer<WrittenTime> found) {
        for (int dash = text.indexOf('-', 4); dash >= 0; dash = text.indexOf('-', dash + 1)) {
            boolean beginsHere = dash == 4 || !Cursor.isDigit(text.charAt(dash - 5));
            if (beginsHere && Cursor.isDigit(text.charAt(dash - 4))) {
                Cursor cursor = new Cursor(text, dash - 4);
                TimeText.dated(cursor).map(time -> zoned(time, cursor)).ifPresent(time -> {
                    if (time.isAbsolute()) {
                        found.accept(time);
                    }
                });
            }
        }
    }

    private static WrittenTime zoned(WrittenTime time, Cursor cursor) {
        boolean isOffset = cursor.peek() == ' ' && (cursor.peek(1) == '+' || cursor.peek(1) == '-');
        if (time.isAbsolute() || !isOffset) {
            return time;
        }
        cursor.take(' ');
        return ZoneText.word(cursor).map(time::inZone).orElse(time);
    }
}
