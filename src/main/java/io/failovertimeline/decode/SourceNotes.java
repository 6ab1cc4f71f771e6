package io.failovertimeline.decode;

import io.failovertimeline.decode.state.StateDump;
import io.failovertimeline.model.Component;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What the lines of one source tell. Sets, minima and counts only: the order of the lines leaves no trace. */
final class SourceNotes {

    private final String source;
    private final ZoneNotes zones;
    private final MemberNotes members = new MemberNotes();
    private final SpeakerNotes speakers = new SpeakerNotes();
    private final BalancedNotes balanced = new BalancedNotes();
    private final StateNotes state;
    private final BalancerNotes balancers;
    private final HeartbeatNotes heartbeats = new HeartbeatNotes();
    private final TreeSet<String> hosts = new TreeSet<>();
    private final TreeSet<Long> days = new TreeSet<>();
    private final TreeSet<Long> quotedDays = new TreeSet<>();
    private Optional<PartNotes> parts = Optional.empty();
    private boolean holdsFiles;
    private long databaseLines;
    private long otherLines;

    SourceNotes(String source) {
        this.source = source;
        this.zones = new ZoneNotes(source);
        this.state = new StateNotes(source);
        this.balancers = new BalancerNotes(source);
    }

    void add(String text, Optional<Reading> reading, long line) {
        holdsFiles |= PartNotes.isFile(text);
        QuotedTimes.in(text, time -> {
            time.wall().ifPresent(wall -> quotedDays.add(wall.toLocalDate().toEpochDay()));
            zones.quoted(time, line);
        });
        zones.text(text, line);
        reading.flatMap(Reading::host).ifPresent(members::seen);
        StateNotes.clusterName(text)
                .ifPresent(scope -> reading.flatMap(Reading::host).ifPresent(host -> state.startedAs(scope, host)));
        if (reading.isPresent()) {
            add(reading.get(), line);
        } else {
            otherLines++;
            state.add(text, line);
            balancers.add(text, line);
        }
    }

    void add(StateDump dump, long line) {
        state.add(dump, line);
    }

    private void add(Reading reading, long line) {
        switch (reading.component()) {
            case PATRONI, POSTGRESQL, ETCD -> databaseLines++;
            default -> otherLines++;
        }
        if (!reading.format().equals("shell")) { // what an operator sees is not what the host logs
            reading.host().ifPresent(hosts::add);
        }
        reading.ownTime().flatMap(WrittenTime::wall).ifPresent(this::note);
        reading.envelopeTime().flatMap(WrittenTime::wall).ifPresent(this::note);
        zones.add(reading, line);
        if (reading.component() == Component.HAPROXY) {
            reading.host().ifPresent(host -> reading.message().ifPresent(message -> balanced.add(message, host)));
        }
        if (reading.component() == Component.PATRONI) {
            reading.message().ifPresent(message -> {
                members.add(message, reading.host());
                heartbeats.add(message, reading);
                speakers.add(message, reading);
            });
        }
    }

    private void note(LocalDateTime wall) {
        days.add(wall.toLocalDate().toEpochDay());
    }

    String source() {
        return source;
    }

    ZoneNotes zones() {
        return zones;
    }

    MemberNotes members() {
        return members;
    }

    BalancedNotes balanced() {
        return balanced;
    }

    SpeakerNotes speakers() {
        return speakers;
    }

    StateNotes state() {
        return state;
    }

    BalancerNotes balancers() {
        return balancers;
    }

    HeartbeatNotes heartbeats() {
        return heartbeats;
    }

    /** Whether several logs seem to have been put into it. */
    boolean isDivided() {
        return holdsFiles
                || members.selves()
                                .getOrDefault("", Collections.emptySortedSet())
                                .size()
                        > 1;
    }

    void part(String text, Optional<Reading> reading, long line) {
        PartNotes its = parts.orElseGet(PartNotes::new);
        its.add(text, reading, line);
        parts = Optional.of(its);
    }

    /** Who wrote which lines; empty if it is one log. */
    Optional<PartNotes> parts() {
        return parts;
    }

    /** Hosts that envelopes name. */
    SortedSet<String> hosts() {
        return hosts;
    }

    /** The days on which records with a year were written; where there are none, those of other times with a zone. */
    SortedSet<Long> days() {
        return days.isEmpty() ? quotedDays : days;
    }

    /** Whether a good part of the lines are of the programs that run on a database host. */
    boolean isDatabaseLog() {
        return databaseLines > 0 && databaseLines * 4 >= otherLines;
    }
}
