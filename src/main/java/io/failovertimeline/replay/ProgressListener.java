package io.failovertimeline.replay;

/** Is told how far a run over files has come. Called on one thread. */
public interface ProgressListener {

    /** Nobody wants to know. */
    ProgressListener NONE = new ProgressListener() {
        @Override
        public void expect(long bytes) {}

        @Override
        public void read(long bytes) {}

        @Override
        public void done() {}
    };

    /** So many bytes are to be read in all, as they lie on disk; not called where that is unknown (standard input). */
    void expect(long bytes);

    /** So many more bytes have been read. */
    void read(long bytes);

    /** Reading is over; results come next. */
    void done();
}
