package io.failovertimeline.decode;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Month names as {@code journalctl} and syslog daemons write them under {@code LC_TIME} of de, fr, es, ru, it and pt. No name means
 * different months in two of them.
 */
final class LocalMonths {

    private static final List<String> NAMES = List.of(
            "jan feb mär apr mai jun jul aug sep okt nov dez",
            "janv. févr. mars avril mai juin juil. août sept. oct. nov. déc.",
            "ene feb mar abr may jun jul ago sep oct nov dic",
            "янв фев мар апр мая июн июл авг сен окт ноя дек",
            "янв фев мар апр май июн июл авг сен окт ноя дек",
            "gen feb mar apr mag giu lug ago set ott nov dic",
            "jan fev mar abr mai jun jul ago set out nov dez");

    private static final int LONGEST = 6;

    private static final Map<String, Integer> NUMBERS = numbers();

    private LocalMonths() {}

    private static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new HashMap<>();
        for (String names : NAMES) {
            int month = 0;
            for (String name : names.split(" ", -1)) {
                month++;
                numbers.put(name, month);
                numbers.put(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1), month);
            }
        }
        return Map.copyOf(numbers);
    }

    /** 1 to 12; 0 if {@code word} names no month. */
    static int number(String word) {
        return word.length() > LONGEST ? 0 : NUMBERS.getOrDefault(word, 0);
    }
}
