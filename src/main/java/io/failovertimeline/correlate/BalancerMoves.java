package io.failovertimeline.correlate;

import static io.failovertimeline.model.EventKind.BACKEND_DOWN;
import static io.failovertimeline.model.EventKind.BACKEND_UP;

import io.failovertimeline.model.Component;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Changes of the leader of which only a load balancer tells: its backend of the primary moved from one server to another. */
final class BalancerMoves {

    /** A balancer's checks find a new leader within this time. */
    private static final Duration CHECKED = Duration.ofMinutes(2);

    /** Checks find both halves of a change of one server's role within this time. */
    private static final Duration ROLE_CHANGE = Duration.ofSeconds(30);

    /** Servers that go down within this time do so for one reason. */
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    /** So close to a move, Patroni or PostgreSQL would tell of it themselves. */
    private static final Duration NEARBY = Duration.ofSeconds(60);

    private final Chronicle chronicle;

    /**
     * A backend moved.
     *
     * @param down the server that went down
     * @param up the server that leads in its place
     * @param proofs the lines that say so
     */
    record Move(Entry down, Entry up, List<Entry> proofs) {
        String from() {
            return server(down).orElseThrow();
        }

        String to() {
            return server(up).orElseThrow();
        }

        String backend() {
            return BalancerMoves.backend(up).orElse("its backend");
        }

        Instant begin() {
            return down.at().isBefore(up.at()) ? down.at() : up.at();
        }
    }

    BalancerMoves(Chronicle chronicle) {
        this.chronicle = chronicle;
    }

    /** In order, where neither Patroni nor PostgreSQL is heard. */
    List<Move> alone() {
        return all().filter(move -> heardNear(move).findAny().isEmpty()).toList();
    }

    /** In order, where others are heard, but not the new leader, nor anybody else who tells of it. */
    List<Takeover> untold(List<Takeover> told) {
        return all().filter(move -> heardNear(move).findAny().isPresent()
                        && heardNear(move)
                                .noneMatch(entry -> entry.by(move.to())
                                        && !entry.at().isBefore(move.up().at())))
                .filter(move -> told.stream()
                        .noneMatch(takeover -> !takeover.lastProof()
                                        .isBefore(move.begin().minus(CHECKED))
                                && !takeover.firstProof().isAfter(move.up().at().plus(CHECKED))))
                .filter(move -> chronicle
                        .last(move.begin(), entry -> entry.leader().isPresent())
                        .flatMap(Entry::leader)
                        .filter(move.from()::equals)
                        .isPresent())
                .map(move -> new Takeover(move.to(), Optional.of(move.from()), List.of(move.up())))
                .toList();
    }

    private Stream<Move> all() {
        boolean knowsOneBackend = chronicle.stream()
                        .filter(entry -> entry.provesAny(BACKEND_DOWN, BACKEND_UP))
                        .flatMap(entry -> backend(entry).stream())
                        .distinct()
                        .limit(2)
                        .count()
                == 1;
        return chronicle.stream()
                .filter(entry -> entry.proves(BACKEND_UP) && server(entry).isPresent())
                .flatMap(up -> (knowsOneBackend ? onlyServer(up) : newRole(up)).stream());
    }

    /**
     * A new primary comes up in one backend, and then goes down in that of the standbys. One that becomes a standby does it the other
     * way round: it is no primary any more long before it streams.
     */
    private Optional<Move> newRole(Entry up) {
        return near(up.at(), up.at().plus(ROLE_CHANGE))
                .filter(entry -> entry.proves(BACKEND_DOWN)
                        && server(entry).equals(server(up))
                        && !backend(entry).equals(backend(up)))
                .findFirst()
                .flatMap(left -> former(up).map(down -> new Move(down, up, List.of(down, up, left))));
    }

    /** Of a backend that had none left, another server is the only one. */
    private Optional<Move> onlyServer(Entry up) {
        return former(up).flatMap(down -> near(down.at().minusMillis(1), up.at())
                .filter(entry -> entry.says("haproxy.none-left"))
                .findFirst()
                .map(empty -> new Move(down, up, List.of(down, empty, up))));
    }

    /**
     * Who served where {@code up} came up, as it goes down. Checks take their time, so that may be before or after: the last word before is of
     * its going down, unless a server that went down at once with {@code up}'s own never served; else it goes down after.
     */
    private Optional<Entry> former(Entry up) {
        List<Entry> before = near(up.at().minus(CHECKED), up.at().minusMillis(1))
                .filter(entry -> server(entry).isPresent() && backend(entry).equals(backend(up)))
                .toList();
        Optional<Entry> wentBefore =
                before.stream().reduce((earlier, later) -> later).filter(entry -> isReplaced(entry, up));
        if (wentBefore.isEmpty()) {
            return near(up.at(), up.at().plus(ROLE_CHANGE))
                    .filter(entry -> isReplaced(entry, up))
                    .findFirst();
        }
        Instant atOnce = wentBefore.get().at().minus(AT_ONCE);
        boolean wentWithOwn = before.stream()
                .anyMatch(entry -> entry.proves(BACKEND_DOWN)
                        && server(entry).equals(server(up))
                        && entry.at().isAfter(atOnce));
        return wentBefore.filter(entry -> !wentWithOwn);
    }

    private static boolean isReplaced(Entry entry, Entry up) {
        return entry.proves(BACKEND_DOWN)
                && server(entry).isPresent()
                && backend(entry).equals(backend(up))
                && !server(entry).equals(server(up));
    }

    private Stream<Entry> near(Instant from, Instant to) {
        return chronicle.between(from, to).filter(entry -> entry.provesAny(BACKEND_DOWN, BACKEND_UP));
    }

    private static Optional<String> server(Entry entry) {
        return entry.event().field("server");
    }

    private static Optional<String> backend(Entry entry) {
        return entry.event().field("backend");
    }

    private Stream<Entry> heardNear(Move move) {
        return chronicle
                .between(move.begin().minus(NEARBY), move.up().at().plus(NEARBY))
                .filter(entry -> entry.from(Component.PATRONI) || entry.from(Component.POSTGRESQL));
    }
}
