package io.failovertimeline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.failovertimeline.model.ClusterEvent;
import io.failovertimeline.model.EventKind;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.Origin;
import io.failovertimeline.model.Precision;
import io.failovertimeline.model.RequestResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class PieceSerdeTest {

    private static final Instant AT = Instant.parse("2026-01-07T11:12:13.123456789Z");

    private static final ClusterEvent HEARTBEAT = new ClusterEvent(
            "batmän",
            AT,
            Precision.MILLIS,
            List.of(EventKind.HEARTBEAT, EventKind.LOCK_ACQUIRED),
            Optional.of("db1"),
            "patroni.heartbeat",
            new TreeMap<>(java.util.Map.of("role", "leader")),
            "no action.\n\t\u2026",
            Origin.record("patroni-logs", 2, 1L << 40));

    private final PieceSerde serde = new PieceSerde();

    private Piece again(Piece piece) {
        return serde.deserializer().deserialize("topic", serde.serializer().serialize("topic", piece));
    }

    @Test
    void events_and_load_come_back_as_they_were() {
        Piece event = new Piece("id", HEARTBEAT);
        Piece beforeEpoch = new Piece("id", HEARTBEAT.stampedAt(Instant.parse("1969-12-31T23:59:59.5Z")));
        Piece load = new Piece(
                "id",
                LoadBucket.of(
                                "c",
                                new RequestResult(
                                        "k6", "GET /", AT, Precision.MILLIS, Duration.ofMillis(12), true, "HTTP 503"))
                        .plus(LoadBucket.of(
                                "c",
                                new RequestResult(
                                        "k6", "GET /", AT, Precision.MILLIS, Duration.ofMillis(7), false, ""))));

        assertThat(again(event)).isEqualTo(event);
        assertThat(again(beforeEpoch)).isEqualTo(beforeEpoch);
        assertThat(again(load)).isEqualTo(load);
    }

    @Test
    void what_an_earlier_version_wrote_as_json_is_still_read() {
        Piece piece = new Piece("id", HEARTBEAT);
        byte[] earlier = new JsonSerde<>(Piece.class).serializer().serialize("topic", piece);

        assertThat(serde.deserializer().deserialize("topic", earlier)).isEqualTo(piece);
    }

    @Test
    void bytes_that_are_no_piece_or_end_too_early_are_named_and_nothing_else() {
        byte[] whole = serde.serializer().serialize("topic", new Piece("id", HEARTBEAT));

        for (int length = 1; length < whole.length; length++) {
            byte[] torn = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> serde.deserializer().deserialize("topic", torn))
                    .isInstanceOf(SerializationException.class);
        }
        assertThatThrownBy(() -> serde.deserializer().deserialize("topic", new byte[] {99}))
                .isInstanceOf(SerializationException.class);
    }
}
