package io.failovertimeline.decode;

import io.failovertimeline.decode.SpeakerNotes.Speaker;
import io.failovertimeline.model.Component;
import io.failovertimeline.model.Writer;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Hosts on which several Patronis run at once, of several clusters or of one. Whose a line of theirs is, its host does not tell: its
 * process does where that speaks as a member of its own, and so does its systemd unit.
 *
 * @param byHost what is known of each
 */
public record SharedHosts(Map<String, Tenants> byHost) {

    /** There are none. */
    static final SharedHosts NONE = new SharedHosts(new TreeMap<>());

    /** One that is told to end goes on for a while beside the next. */
    private static final Duration AT_ONCE = Duration.ofSeconds(15);

    /**
     * The members on one such host that can be told apart.
     *
     * @param byProcess the Patronis by their processes' numbers
     * @param byUnit the member whose processes are in a unit
     */
    record Tenants(Map<Long, Tenant> byProcess, Map<String, String> byUnit) {

        private Optional<String> member(Writer writer) {
            Optional<String> byPid = writer.pid().isPresent()
                    ? Optional.ofNullable(byProcess.get(writer.pid().getAsLong()))
                            .map(Tenant::member)
                    : Optional.empty();
            return byPid.or(() -> writer.unit().map(byUnit::get));
        }

        /** Those that had fallen silent by {@code at}, when {@code speaker}, which was there before, spoke. */
        private SortedSet<String> silent(Tenant speaker, LocalDateTime at) {
            TreeSet<String> members = new TreeSet<>();
            byProcess.values().stream()
                    .map(Tenant::member)
                    .filter(member -> !member.equals(speaker.member) && isSilent(member, speaker, at))
                    .forEach(members::add);
            return members;
        }

        private boolean isSilent(String member, Tenant speaker, LocalDateTime at) {
            List<Tenant> its = byProcess.values().stream()
                    .filter(process -> process.member.equals(member))
                    .toList();
            return its.stream().noneMatch(process -> process.spokeAround(at))
                    && its.stream()
                            .anyMatch(process -> process.last.isBefore(at) && !speaker.first.isAfter(process.last));
        }
    }

    /**
     * A process of Patroni's.
     *
     * @param member as whom it spoke
     * @param first when it was first heard, by the clock on its host's wall
     * @param last likewise
     */
    record Tenant(String member, LocalDateTime first, LocalDateTime last) {

        private boolean spokeAround(LocalDateTime at) {
            return !first.isAfter(at) && !last.isBefore(at);
        }
    }

    /** The hosts that {@code sources} tell of. */
    static SharedHosts of(Collection<SpeakerNotes> sources) {
        TreeMap<String, TreeMap<Long, Speaker>> speakers = new TreeMap<>();
        sources.forEach(source -> source.byHost()
                .forEach((host, found) ->
                        found.forEach((pid, speaker) -> speakers.computeIfAbsent(host, unused -> new TreeMap<>())
                                .merge(pid, speaker, Speaker::and))));
        TreeMap<String, Tenants> shared = new TreeMap<>();
        speakers.forEach((host, found) -> {
            if (found.keySet().stream()
                    .anyMatch(pid -> besides(pid, found).findAny().isPresent())) {
                shared.put(host, tenants(found));
            }
        });
        return new SharedHosts(shared);
    }

    private static Tenants tenants(SortedMap<Long, Speaker> speakers) {
        TreeSet<String> ambiguous = new TreeSet<>();
        speakers.forEach((pid, one) -> besides(pid, speakers)
                .forEach(other ->
                        one.selves().stream().filter(other.selves()::contains).forEach(ambiguous::add)));
        TreeMap<Long, Tenant> byProcess = new TreeMap<>();
        TreeMap<String, SortedSet<String>> inUnit = new TreeMap<>();
        speakers.forEach((pid, speaker) -> {
            String member = speaker.selves().first();
            if (speaker.selves().size() == 1 && !ambiguous.contains(member)) {
                byProcess.put(pid, new Tenant(member, speaker.first(), speaker.last()));
            }
            speaker.units().forEach(unit -> inUnit.computeIfAbsent(unit, unused -> new TreeSet<>())
                    .addAll(speaker.selves()));
        });
        TreeMap<String, String> byUnit = new TreeMap<>();
        inUnit.forEach((unit, members) -> {
            if (members.size() == 1 && !ambiguous.contains(members.first())) {
                byUnit.put(unit, members.first());
            }
        });
        return new Tenants(byProcess, byUnit);
    }

    /** Those that speak at the same time as the process {@code pid}. */
    private static Stream<Speaker> besides(long pid, SortedMap<Long, Speaker> speakers) {
        return speakers.entrySet().stream()
                .filter(other -> other.getKey() != pid)
                .map(Map.Entry::getValue)
                .filter(other -> areAtOnce(Objects.requireNonNull(speakers.get(pid)), other));
    }

    private static boolean areAtOnce(Speaker one, Speaker other) {
        LocalDateTime from = one.first().isAfter(other.first()) ? one.first() : other.first();
        LocalDateTime to = one.last().isBefore(other.last()) ? one.last() : other.last();
        return one.mayBeBeside(other) && Duration.between(from, to).compareTo(AT_ONCE) >= 0;
    }

    /** Whether several Patronis run on {@code host}. */
    boolean isShared(Optional<String> host) {
        return host.filter(byHost::containsKey).isPresent();
    }

    /**
     * Who wrote a line.
     *
     * @param host where it was written, as its envelope or its source tells
     * @return the member, where {@code host} is shared; empty if nothing tells which, or if nobody knows the host
     */
    Optional<String> writer(Optional<String> host, Component component, Writer writer) {
        return isShared(host) && isTenants(component)
                ? host.map(byHost::get).flatMap(tenants -> tenants.member(writer))
                : host;
    }

    /**
     * The members on the same host that had fallen silent by the time at which another's Patroni wrote a line.
     *
     * @param host where it was written, as its envelope or its source tells
     */
    SortedSet<String> silentBeside(Optional<String> host, Reading reading) {
        if (!isShared(host)
                || reading.component() != Component.PATRONI
                || reading.writer().pid().isEmpty()) {
            return Collections.emptySortedSet();
        }
        Tenants tenants = Objects.requireNonNull(byHost.get(host.orElseThrow()));
        return Optional.ofNullable(tenants.byProcess.get(reading.writer().pid().getAsLong()))
                .flatMap(speaker -> SpeakerNotes.wall(reading).map(at -> tenants.silent(speaker, at)))
                .orElseGet(Collections::emptySortedSet);
    }

    private static boolean isTenants(Component component) {
        return component == Component.PATRONI || component == Component.POSTGRESQL;
    }
}
