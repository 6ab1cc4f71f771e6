package io.failovertimeline.decode.state;

import io.failovertimeline.decode.state.StateDump.Row;
import io.failovertimeline.model.StateKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code etcdctl member list} without a header: {@code 28cd7332cee13aa8, started, etcd1, http://…:2380, http://…:2379, false}. */
final class EtcdMemberLines implements DumpFormat {

    private static final Pattern MEMBER = Pattern.compile("[0-9a-f]{8,16}, (?:started|unstarted), [^,]*(?:, ?[^,]*)+");
    private static final List<String> NAMES =
            List.of("id", "status", "name", "peer_addrs", "client_addrs", "is_learner");

    @Override
    public boolean begins(String line) {
        return MEMBER.matcher(line).matches();
    }

    @Override
    public Extent extent(String first) {
        return this::begins;
    }

    @Override
    public Optional<StateDump> read(List<String> lines) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            List<String> cells = Arrays.asList(lines.get(i).split(", ", -1));
            int width = Math.min(cells.size(), NAMES.size());
            rows.add(Cells.row(i, NAMES.subList(0, width), cells));
        }
        return Optional.of(StateDump.of(StateKind.ETCD_MEMBERS, rows));
    }
}
