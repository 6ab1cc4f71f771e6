package io.failovertimeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.Evidence;
import io.failovertimeline.model.Latencies;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonSerdeTest {

    /** Every kind of evidence, once for every constant of every enum it holds, full and with all optional parts empty. */
    static Stream<Evidence> evidence() {
        int constants = EventKind.values().length;
        return Arrays.stream(Evidence.class.getPermittedSubclasses())
                .flatMap(type -> IntStream.range(0, constants).boxed().flatMap(turn -> Stream.of(true, false)
                        .map(full -> (Evidence) sample(type, turn, full))));
    }

    @ParameterizedTest
    @MethodSource("evidence")
    void evidence_comes_back_as_it_was_written(Evidence evidence) {
        JsonSerde<Piece> serde = new JsonSerde<>(Piece.class);
        Piece piece = new Piece("patroni-logs-0@17#0", evidence);

        Piece back = serde.deserializer().deserialize("t", serde.serializer().serialize("t", piece));

        assertThat(back).isEqualTo(piece);
    }

    @Test
    void every_enum_of_the_evidence_is_covered_to_its_last_constant() {
        assertThat(EventKind.values().length)
                .isGreaterThanOrEqualTo(Precision.values().length)
                .isGreaterThanOrEqualTo(Origin.Medium.values().length);
    }

    @Test
    void a_tombstone_stays_a_tombstone() {
        JsonSerde<Piece> serde = new JsonSerde<>(Piece.class);

        assertThat(serde.serializer().serialize("t", null)).isNull();
        assertThat(serde.deserializer().deserialize("t", null)).isNull();
    }

    private static Object sample(Type type, int turn, boolean full) {
        if (type instanceof ParameterizedType generic) {
            Type argument = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == Optional.class) {
                return full ? Optional.of(sample(argument, turn, true)) : Optional.empty();
            }
            if (generic.getRawType() == SortedMap.class) {
                Object value = sample(generic.getActualTypeArguments()[1], turn, full);
                return full ? new TreeMap<>(java.util.Map.of("key", value)) : new TreeMap<>();
            }
            List<Object> one = List.of(sample(argument, turn, full));
            return generic.getRawType() == SortedSet.class ? new TreeSet<>(one) : one;
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return plain.getEnumConstants()[turn % plain.getEnumConstants().length];
        }
        if (plain.isRecord()) {
            return record(plain, turn, full);
        }
        return switch (plain.getSimpleName()) {
            case "String" -> "text \u00e9 \" " + turn;
            case "Instant" -> Instant.parse("2026-01-07T11:12:13.123456789Z").plusSeconds(turn);
            case "Duration" -> Duration.ofNanos(1_234_567_891L + turn);
            case "long", "Long" -> (long) turn;
            case "int" -> turn;
            case "Latencies" -> full ? Latencies.of(Duration.ofMillis(turn), 1 + turn) : Latencies.NONE;
            default -> throw new IllegalStateException("no sample of " + plain);
        };
    }

    private static Object record(Class<?> type, int turn, boolean full) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(Arrays.stream(components)
                    .map(component -> sample(component.getGenericType(), turn, full))
                    .toArray());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("no sample of " + type, impossible);
        }
    }
}
