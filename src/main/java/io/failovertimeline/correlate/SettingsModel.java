package io.failovertimeline.correlate;

import io.failovertimeline.model.BalancerChecks;
import io.failovertimeline.model.BySettings;
import io.failovertimeline.model.BySettings.Basis;
import io.failovertimeline.model.BySettings.Share;
import io.failovertimeline.model.BySettings.Verdict;
import io.failovertimeline.model.ClusterSettings;
import io.failovertimeline.model.Phase;
import io.failovertimeline.model.Setting;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How long the phases of a takeover had to take by the settings that govern them. Where one of these is unknown, or none governs a
 * phase, nothing is said. {@code docs/interpretation.md} has the rules.
 */
final class SettingsModel {

    /** Patroni waits so long for an answer of its peers before it takes the lock. */
    static final Duration ANSWER = Duration.ofSeconds(2);

    /** etcd counts leases in whole seconds and looks for expired ones twice a second. */
    private static final Duration EXPIRY = Duration.ofSeconds(1);

    /** Two programs that are on time seldom miss each other by more. */
    private static final Duration JITTER = Duration.ofMillis(500);

    private static final Set<String> LEADERS_PATHS = Set.of("/", "/primary", "/master", "/leader", "/read-write");

    /** How the old leader came to lose the key. */
    enum Loss {
        /** Nobody renewed it. */
        EXPIRED,
        /** Its Patroni found the database dead in one of its rounds. */
        FOUND_DEAD,
        /** Its Patroni could not reach the DCS and gave up. */
        NO_DCS,
        /** In another way, which no setting governs. */
        OTHER
    }

    /**
     * What is known of a takeover.
     *
     * @param loss how the old leader came to lose the key
     * @param startedAt the fault or first symptom
     * @param lastRenewal when the old leader last renewed the key; empty if that is not in the input
     * @param lockAcquiredAt when the new leader took the key
     * @param newLeader who
     * @param moved whether that is another member
     * @param peersTimedOut whether the new leader waited for a peer in vain
     * @param lastFailure when the last request was sent that failed; empty if none did
     * @param checksTook by backend, how long its last check of the old leader took, as the balancer tells it
     * @param clockError how far what lies between lines of two hosts may be wrong
     */
    record Facts(
            Loss loss,
            Instant startedAt,
            Optional<Instant> lastRenewal,
            Optional<Instant> lockAcquiredAt,
            String newLeader,
            boolean moved,
            boolean peersTimedOut,
            Optional<Instant> lastFailure,
            Map<String, Duration> checksTook,
            Duration clockError) {

        public Facts {
            checksTook = Map.copyOf(checksTook);
        }
    }

    private final ClusterSettings settings;
    private final Facts facts;

    SettingsModel(ClusterSettings settings, Facts facts) {
        this.settings = settings;
        this.facts = facts;
    }

    /** The phase with what settings tell of it. */
    Phase explained(Phase phase) {
        return phase.name() == phase.through() ? phase.explained(bySettings(phase)) : phase;
    }

    private Optional<BySettings> bySettings(Phase phase) {
        return switch (phase.name()) {
            case DETECTION -> detection().map(shares -> sum(shares, phase, phase.duration()));
            case ELECTION -> election().map(shares -> sum(shares, phase, phase.duration()));
            case RECOVERY -> recovery(phase.from()).map(shares -> sum(shares, phase, unserved(phase)));
            case PROMOTION, REJOIN -> Optional.empty();
        };
    }

    private Optional<List<Share>> detection() {
        return switch (facts.loss()) {
            case EXPIRED -> settings.ttl().map(this::expiry);
            case FOUND_DEAD ->
                settings.loopWait()
                        .map(pause -> List.of(of("loop_wait", pause, half(pause.value()), "to the next round")));
            case NO_DCS -> gaveUp();
            case OTHER -> Optional.empty();
        };
    }

    /** Counted from the last renewal; without one, the key had at most all of its life before it. */
    private List<Share> expiry(Setting ttl) {
        Share share = facts.lastRenewal()
                .map(renewed -> expirySince(renewed, ttl))
                .orElseGet(() -> share(
                        "ttl",
                        ttl,
                        Duration.ZERO,
                        settings.loopWait()
                                .map(pause -> notNegative(ttl.value().minus(half(pause.value()))))
                                .orElse(ttl.value()),
                        ttl.value(),
                        "ttl " + text(ttl.value()) + ", the last renewal is not in the input"));
        return List.of(share, builtIn("expiry in the DCS", EXPIRY, Duration.ZERO, ""));
    }

    /** A leader that was due for its next round may have renewed the key and not have come to say so. */
    private Share expirySince(Instant renewed, Setting ttl) {
        Duration life = ttl.value();
        Duration age = between(renewed, facts.startedAt());
        Duration left = notNegative(life.minus(age));
        boolean due = settings.loopWait()
                .filter(pause -> age.plus(JITTER).compareTo(pause.value()) < 0)
                .isEmpty();
        Duration unsaid = due ? settings.loopWait().map(Setting::value).orElse(age) : Duration.ZERO;
        Duration most = left.plus(unsaid).compareTo(life) < 0 ? left.plus(unsaid) : life;
        return share(
                "ttl",
                ttl,
                left,
                left,
                most.compareTo(left) < 0 ? left : most,
                "ttl " + text(life) + " less " + text(age) + " since the last renewal");
    }

    /** Patroni keeps {@code ttl} above all of this, so that a leader gives up before its key expires. */
    private Optional<List<Share>> gaveUp() {
        return settings.loopWait().flatMap(pause -> settings.retryTimeout()
                .map(retry -> List.of(
                        of("loop_wait", pause, half(pause.value()), "the next round"),
                        share(
                                "retry_timeout",
                                retry,
                                Duration.ZERO,
                                retry.value(),
                                retry.value().multipliedBy(2),
                                "retry_timeout " + text(retry.value()) + " to read the DCS and again to renew"))));
    }

    private Optional<List<Share>> election() {
        if (!facts.moved()) {
            return Optional.empty();
        }
        return settings.loopWait().flatMap(pause -> settings.retryTimeout()
                .map(retry -> List.of(
                        of("loop_wait", pause, Duration.ZERO, "loop_wait " + text(pause.value()) + " if not woken"),
                        builtIn(
                                "answers of peers",
                                ANSWER,
                                facts.peersTimedOut() ? ANSWER : Duration.ZERO,
                                facts.peersTimedOut() ? "a peer did not answer for " + text(ANSWER) : ""),
                        of("retry_timeout", retry, Duration.ZERO, "retry_timeout " + text(retry.value())))));
    }

    /** Checks pass from the taking of the lock on; what promotion took is no part of this phase. */
    private Optional<List<Share>> recovery(Instant readyAt) {
        return settings.balancers().stream()
                .filter(checks -> LEADERS_PATHS.contains(checks.path())
                        && checks.servers().contains(facts.newLeader()))
                .findFirst()
                .flatMap(checks -> facts.lockAcquiredAt().map(lock -> recovery(checks, lock, readyAt)));
    }

    private List<Share> recovery(BalancerChecks checks, Instant lock, Instant readyAt) {
        Duration since = between(lock, readyAt);
        Duration passing = checks.fastInter().multipliedBy(checks.rise() - 1L);
        List<Share> shares = new ArrayList<>();
        shares.add(checked(
                "rise × inter",
                checks,
                checks.rise(),
                facts.moved() ? passing.minus(since) : Duration.ZERO, // a leader that was back soon was never out
                passing.plus(half(checks.downInter())).minus(since),
                passing.plus(checks.downInter()).plus(JITTER).minus(since)));
        Duration failing = checks.fastInter().multipliedBy(checks.fall() - 1L);
        Duration sinceStart = between(facts.startedAt(), readyAt);
        Share out = checked(
                "fall × inter",
                checks,
                checks.fall(),
                Duration.ZERO,
                failing.plus(half(checks.inter()))
                        .minus(sinceStart)
                        .minus(shares.get(0).expected()),
                failing.plus(checks.inter())
                        .plus(longestOf(checks).multipliedBy(checks.fall()))
                        .minus(sinceStart)
                        .minus(shares.get(0).atMost()));
        if (facts.moved() && !out.atMost().isZero()) {
            shares.add(out);
        }
        return shares;
    }

    /** A dead host is waited for as long as a check may take; one that refuses or has another role answers at once. */
    private Duration longestOf(BalancerChecks checks) {
        return facts.checksTook().getOrDefault(checks.backend(), checks.longest());
    }

    private static Share checked(
            String name, BalancerChecks checks, int times, Duration atLeast, Duration expected, Duration atMost) {
        String option = name.substring(0, name.indexOf(' '));
        return new Share(
                name,
                times + " × " + text(checks.inter()),
                Basis.STATED,
                Optional.of(checks.origin()),
                notNegative(atLeast),
                notNegative(expected),
                notNegative(atMost),
                option + " " + times + " × inter " + text(checks.inter()));
    }

    /** Service was back after the last request that failed was sent, and by the first that succeeded. */
    private Duration unserved(Phase recovery) {
        return facts.lastFailure()
                .map(last -> notNegative(Duration.between(recovery.from(), last)))
                .orElse(recovery.duration());
    }

    private BySettings sum(List<Share> shares, Phase phase, Duration shortest) {
        Duration atLeast = shares.stream().map(Share::atLeast).reduce(Duration.ZERO, Duration::plus);
        Duration expected = shares.stream().map(Share::expected).reduce(Duration.ZERO, Duration::plus);
        Duration atMost = shares.stream().map(Share::atMost).reduce(Duration.ZERO, Duration::plus);
        Duration unsure =
                facts.clockError().plusMillis(1).plus(coarseness(phase.from())).plus(coarseness(phase.to()));
        Verdict verdict = phase.duration().plus(unsure).compareTo(atLeast) < 0
                ? Verdict.SHORTER
                : shortest.minus(unsure).compareTo(atMost) > 0 && !phase.upperBound() ? Verdict.LONGER : Verdict.WITHIN;
        return new BySettings(atLeast, expected, atMost, verdict, shares);
    }

    /** A stamp in whole seconds may mean any instant of its second. */
    private static Duration coarseness(Instant at) {
        return at.equals(at.truncatedTo(ChronoUnit.SECONDS)) ? Duration.ofSeconds(1) : Duration.ZERO;
    }

    /** Between nothing and the whole of the setting. */
    private static Share of(String name, Setting setting, Duration expected, String explanation) {
        return share(name, setting, Duration.ZERO, expected, setting.value(), explanation);
    }

    private static Share share(
            String name, Setting setting, Duration atLeast, Duration expected, Duration atMost, String explanation) {
        Basis basis = setting.origin().isPresent() ? Basis.STATED : Basis.ESTIMATED;
        return new Share(name, text(setting.value()), basis, setting.origin(), atLeast, expected, atMost, explanation);
    }

    private static Share builtIn(String name, Duration value, Duration expected, String explanation) {
        return new Share(
                name, text(value), Basis.BUILT_IN, Optional.empty(), Duration.ZERO, expected, value, explanation);
    }

    private static Duration between(Instant from, Instant to) {
        return Duration.between(from, to).truncatedTo(ChronoUnit.MILLIS);
    }

    private static Duration half(Duration duration) {
        return duration.dividedBy(2);
    }

    private static Duration notNegative(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    /** {@code 20 s}, {@code 4.3 s}. */
    private static String text(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3)
                        .setScale(1, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                + " s";
    }
}
