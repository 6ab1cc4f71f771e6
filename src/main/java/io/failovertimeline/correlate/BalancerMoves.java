package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.BACKEND_DOWN;
import static io.failovertimeline.model.EventKind.BACKEND_UP;

import io.failovertimeline.model.Component;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes of the leader of which only a load balancer tells: its backend of the primary moved from one server to another. */
final class BalancerMoves {

    /** A balancer's checks find a new leader within this time. */
    private static final Duration CHECKED = Duration.ofMinutes(2);

    /** So close to a move, Patroni or PostgreSQL would tell of it themselves. */
    private static final Duration NEARBY = Duration.ofSeconds(60);

    private final Chronicle chronicle;

    /**
     * A backend moved.
     *
     * @param from the server that went down
     * @param to the server that came up in its place
     * @param proofs the lines that say so, in order
     */
    record Move(String from, String to, List<Entry> proofs) {
        Entry down() {
            return proofs.get(0);
        }

        Entry up() {
            return proofs.get(proofs.size() - 1);
        }

        String backend() {
            return down().event().field("backend").orElseThrow();
        }
    }

    BalancerMoves(Chronicle chronicle) {
        this.chronicle = chronicle;
    }

    /** In order, where neither Patroni nor PostgreSQL is heard. */
    List<Move> moves() {
        List<Move> moves = new ArrayList<>();
        chronicle.stream()
                .filter(entry -> entry.proves(BACKEND_DOWN))
                .flatMap(down -> move(down).stream())
                .filter(move -> moves.stream().noneMatch(earlier -> isEchoOf(earlier, move)))
                .filter(this::nobodyElseTells)
                .forEach(moves::add);
        return moves;
    }

    /** The backend of the others follows: there the new leader goes down, and the old one comes up when it is back. */
    private static boolean isEchoOf(Move earlier, Move later) {
        return later.down().at().isBefore(earlier.up().at().plus(CHECKED))
                && (later.from().equals(earlier.to()) || later.from().equals(earlier.from()));
    }

    private Optional<Move> move(Entry down) {
        Optional<String> server = down.event().field("server");
        Optional<String> backend = down.event().field("backend");
        if (server.isEmpty() || backend.isEmpty()) {
            return Optional.empty();
        }
        List<Entry> ofBackend = chronicle
                .between(down.at().minusMillis(1), down.at().plus(CHECKED))
                .filter(entry -> entry.event().field("backend").equals(backend))
                .toList();
        Optional<Entry> empty = ofBackend.stream()
                .filter(entry -> entry.says("haproxy.none-left"))
                .findFirst();
        return ofBackend.stream()
                .filter(entry -> entry.proves(BACKEND_UP) && entry.at().isAfter(down.at()))
                .findFirst()
                .filter(up -> empty.filter(none -> !none.at().isAfter(up.at())).isPresent())
                .flatMap(up -> up.event()
                        .field("server")
                        .filter(other -> !other.equals(server.get()))
                        .map(other -> new Move(server.get(), other, List.of(down, empty.orElseThrow(), up))));
    }

    private boolean nobodyElseTells(Move move) {
        return chronicle
                .between(move.down().at().minus(NEARBY), move.up().at().plus(NEARBY))
                .noneMatch(entry -> entry.from(Component.PATRONI) || entry.from(Component.POSTGRESQL));
    }
}
