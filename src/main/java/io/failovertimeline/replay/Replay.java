package io.failovertimeline.replay;

import io.failovertimeline.correlate.Correlator;
import io.failovertimeline.correlate.EvidenceSet;
import io.failovertimeline.decode.GivenZones;
import io.failovertimeline.decode.Surroundings;
import io.failovertimeline.decode.load.GivenLoads;
import io.failovertimeline.model.Findings;
import io.failovertimeline.model.InputSummary;
import io.failovertimeline.model.LoadBucket;
import io.failovertimeline.model.Problem;
import io.failovertimeline.model.Report;
import io.failovertimeline.recognize.Recognizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The stages, run over files: survey, decode, recognize, correlate. */
public final class Replay {

    private final Recognizer recognizer;
    private final InputStream standardInput;
    private final GivenLoads given;
    private final Function<EvidenceSet, Findings> correlator;

    /** As {@link #Replay(Recognizer, InputStream, GivenLoads)}, without a word on load results. */
    public Replay(Recognizer recognizer, InputStream standardInput) {
        this(recognizer, standardInput, GivenLoads.NONE);
    }

    /**
     * Recognizes by {@code recognizer}.
     *
     * @param standardInput what {@code -} stands for
     * @param given the user's word on load results
     */
    public Replay(Recognizer recognizer, InputStream standardInput, GivenLoads given) {
        this(recognizer, standardInput, given, Correlator::findings);
    }

    /**
     * As {@link #Replay(Recognizer, InputStream, GivenLoads)}.
     *
     * @param correlator tells what the evidence means
     */
    public Replay(
            Recognizer recognizer,
            InputStream standardInput,
            GivenLoads given,
            Function<EvidenceSet, Findings> correlator) {
        this.recognizer = recognizer;
        this.standardInput = standardInput;
        this.given = given;
        this.correlator = correlator;
    }

    /** Reads everything and tells what it found, without looking at what is unknown. */
    public Report run(List<String> paths, GivenZones zones, ProgressListener progress) throws IOException {
        return run(paths, zones, UnknownListener.NONE, progress);
    }

    /**
     * Reads everything and tells what it found.
     *
     * @param paths files, folders, or {@code -} for standard input
     * @param zones those of local times that the user gives
     * @param unknown is shown what no catalog entry takes
     * @throws NoSuchInput if a path does not exist
     */
    public Report run(List<String> paths, GivenZones zones, UnknownListener unknown, ProgressListener progress)
            throws IOException {
        SurveyedInputs surveyed = SurveyedInputs.open(paths, standardInput, zones, given);
        progress.expect(surveyed.size());
        Surroundings surroundings = surveyed.surroundings();
        EvidenceSet evidence = new EvidenceSet();
        surroundings.settings().forEach(evidence::add);
        Coverages coverages = new Coverages();
        List<InputSummary> inputs = new ArrayList<>();
        List<Problem> problems = new ArrayList<>(surveyed.problems());

        unknown.names(surroundings.names());
        States states = new States(surroundings, evidence);
        Loads loads = new Loads();
        BalancerRequests balancers = new BalancerRequests(surroundings, given.endpoints(), loads);
        LogReading logs = new LogReading(recognizer, surroundings, evidence, coverages, states, unknown, balancers);
        for (Input input : surveyed.logs()) {
            try (RecordReader reader = logs.open(input.inOrder(), progress)) {
                Tally tally = logs.read(input, reader);
                inputs.add(tally.summary());
                problems.addAll(tally.problems());
                reader.problem().ifPresent(problems::add);
            }
        }
        balancers.handOver();
        LoadReading requests = new LoadReading(surroundings, new Generators(surveyed.loads()), loads);
        for (SurveyedInputs.LoadInput load : surveyed.loads()) {
            try (LineReader reader = load.input().open(progress)) {
                Tally tally = requests.read(load, reader);
                inputs.add(tally.summary());
                problems.addAll(tally.problems());
                reader.problem().ifPresent(problems::add);
            }
        }
        progress.done();
        loads.into(evidence);
        problems.addAll(loads.problems());
        problems.addAll(endlessRules());
        List<LoadBucket> perSecond = evidence.buckets();
        return new Report(
                correlator.apply(evidence),
                surroundings.zones(),
                coverages.all(),
                states.samples(),
                loads.summaries(),
                perSecond,
                inputs,
                problems);
    }

    private List<Problem> endlessRules() {
        return recognizer.cutOff().stream()
                .map(rule -> new Problem(
                        "pattern " + rule,
                        "takes too long on some messages, which were left out",
                        "write it without nested repetitions"))
                .toList();
    }
}
