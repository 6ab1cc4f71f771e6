package io.failovertimeline.deliver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that answers its first requests in other ways than servers should, and those after them well. */
final class RudeServer implements AutoCloseable {

    static final String FINE = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private final ServerSocket socket;
    private final List<Answer> answers;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong written = new AtomicLong();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Socket> open = new CopyOnWriteArrayList<>();

    /** What is done with a request that was read. */
    interface Answer {

        Answer WELL = (connection, out) -> out.write(FINE.getBytes(StandardCharsets.US_ASCII));

        /** Says nothing, for as long as the other waits. */
        Answer NEVER = (connection, out) -> {
            while (connection.getInputStream().read() >= 0) {
                Thread.onSpinWait();
            }
        };

        void to(Socket connection, OutputStream out) throws IOException;

        static Answer of(String text) {
            return (connection, out) -> out.write(text.getBytes(StandardCharsets.US_ASCII));
        }

        /** Breaks the connection off after {@code text}. */
        static Answer reset(String text) {
            return (connection, out) -> {
                out.write(text.getBytes(StandardCharsets.US_ASCII));
                out.flush();
                connection.setSoLinger(true, 0);
                connection.close();
            };
        }

        /** Says {@code again} and again after {@code text}, until the other closes. */
        static Answer endless(String text, String again) {
            return (connection, out) -> {
                out.write(text.getBytes(StandardCharsets.US_ASCII));
                while (!connection.isClosed()) {
                    out.write(again.getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                }
            };
        }
    }

    /** Gives each of {@code answers} once, then answers well. */
    RudeServer(Answer... answers) throws IOException {
        this.answers = List.of(answers);
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/hook");
    }

    int asked() {
        return asked.get();
    }

    /** So many bytes could be written to those who asked. */
    long written() {
        return written.get();
    }

    /** What it has taken. */
    List<String> bodies() {
        return List.copyOf(bodies);
    }

    /** Whether nobody is connected any more. */
    boolean isLeftAlone() {
        return open.isEmpty();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                open.add(connection);
                start(() -> serve(connection));
            }
        } catch (IOException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            String body = body(connection.getInputStream());
            int number = asked.getAndIncrement();
            if (number < answers.size()) {
                answers.get(number).to(connection, new Counted(connection.getOutputStream()));
            } else {
                bodies.add(body);
                Answer.WELL.to(connection, connection.getOutputStream());
            }
        } catch (IOException gone) {
            // the other has closed: that is what is waited for
        } finally {
            open.remove(connection);
        }
    }

    private static String body(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.write(next);
        }
        Matcher length = LENGTH.matcher(head.toString(StandardCharsets.US_ASCII));
        return length.find()
                ? new String(in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.UTF_8)
                : "";
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "rude");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : open) {
            connection.close();
        }
    }

    private final class Counted extends OutputStream {

        private final OutputStream out;

        Counted(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
            written.addAndGet(count);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
