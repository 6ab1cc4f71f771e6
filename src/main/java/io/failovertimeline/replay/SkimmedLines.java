package io.failovertimeline.replay;

import io.failovertimeline.decode.Decoded;
import io.failovertimeline.decode.Framing;
import io.failovertimeline.decode.Skim;
import io.failovertimeline.decode.Skimmer;
import io.failovertimeline.decode.Suspects;
import io.failovertimeline.model.Problem;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Lines that another thread reads ahead and skims, batch by batch, while this one looks at those before. Memory is bounded: a few
 * batches go round.
 */
final class SkimmedLines implements Lines {

    private static final int BATCHES = 4;

    private final LineReader lines;
    private final Suspects suspects = new Suspects();
    private final BlockingQueue<Batch> empty = new ArrayBlockingQueue<>(BATCHES);
    private final BlockingQueue<Batch> full = new ArrayBlockingQueue<>(BATCHES);
    private final Thread ahead;

    private Batch batch = new Batch();
    private Batch.Line line = Batch.NO_LINE;
    private int next;

    private SkimmedLines(LineReader lines, Skimmer skimmer) {
        this.lines = lines;
        for (int i = 1; i < BATCHES; i++) {
            empty.add(new Batch());
        }
        ahead = new Thread(() -> readAhead(skimmer), "reading ahead");
        ahead.setDaemon(true);
    }

    /** Begins to read {@code lines}, which nobody else may touch from then on. */
    static SkimmedLines of(LineReader lines, Skimmer skimmer) {
        SkimmedLines skimmed = new SkimmedLines(lines, skimmer);
        skimmed.ahead.start();
        return skimmed;
    }

    private void readAhead(Skimmer skimmer) {
        try {
            boolean goesOn = true;
            while (goesOn) {
                Batch next = empty.take();
                Set<String> known = suspects.names();
                skimmer.suspect(known);
                goesOn = next.fill(lines, skimmer, known);
                full.put(next);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public LineReader.Found next() {
        while (next == batch.size()) {
            if (batch.isLast()) {
                line = Batch.NO_LINE;
                return LineReader.Found.END;
            }
            turn();
        }
        line = batch.line(next++);
        return line.found();
    }

    @Override
    public boolean nextUnrelated() {
        boolean isNext = next < batch.size() && batch.line(next).isUnrelated() && batch.isBy(suspects.names());
        if (isNext) {
            line = batch.line(next++);
        }
        return isNext;
    }

    private void turn() {
        try {
            empty.put(batch);
            batch = full.take();
            next = 0;
        } catch (InterruptedException stopped) {
            throw new IllegalStateException("interrupted while reading", stopped);
        }
        batch.rethrow();
    }

    @Override
    public byte[] bytes() {
        return batch.bytes();
    }

    @Override
    public int from() {
        return line.from();
    }

    @Override
    public int to() {
        return line.to();
    }

    @Override
    public long number() {
        return line.number();
    }

    @Override
    public long lines() {
        return line.lines();
    }

    @Override
    public Framing framing() {
        return lines.framing();
    }

    @Override
    public Skim skim() {
        return line.skim();
    }

    @Override
    public boolean isSkimmed() {
        return line.isSkimmed() && batch.isBy(suspects.names());
    }

    @Override
    public void heard(Decoded.Line decoded) {
        suspects.heard(decoded);
    }

    @Override
    public Optional<Problem> problem() {
        return batch.problem();
    }

    @Override
    public void close() throws IOException {
        ahead.interrupt();
        lines.close();
    }
}
