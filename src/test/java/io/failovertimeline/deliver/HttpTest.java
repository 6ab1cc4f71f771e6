package io.failovertimeline.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.failovertimeline.deliver.RudeServer.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests to servers that answer in ways that servers should not. The time limit is part of the claims. */
@Timeout(60)
class HttpTest {

    /** More than the buffers of two sockets and of a client take, and far less than an endless body gives. */
    private static final long MOST_BYTES = 64L * 1024 * 1024;

    @Test
    void of_a_body_without_end_the_beginning_is_kept_and_the_connection_is_closed() throws Exception {
        try (RudeServer server = new RudeServer(Answer.endless("HTTP/1.1 200 OK\r\n\r\n", "x".repeat(10_000)))) {
            Reply reply = send(server.url());

            assertThat(reply.isGood()).isTrue();
            assertThat(reply.text()).matches("x{1000,20000}");
            Await.until(server::isLeftAlone);
            assertThat(server.written()).isLessThan(MOST_BYTES);
        }
    }

    @Test
    void whoever_trickles_a_body_has_answered_and_is_left_alone() throws Exception {
        Answer trickle = (connection, out) -> {
            out.write("HTTP/1.1 503 Busy\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (!connection.isClosed()) {
                out.write('x');
                out.flush();
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        };
        try (RudeServer server = new RudeServer(trickle)) {
            assertThat(send(server.url()).status()).isEqualTo(503);
            Await.until(server::isLeftAlone);
        }
    }

    @Test
    void a_connection_that_breaks_in_the_body_does_not_undo_the_answer_and_one_that_breaks_before_is_none()
            throws Exception {
        try (RudeServer server = new RudeServer(
                Answer.of("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf"), Answer.reset("HTTP/1.1 20"))) {
            assertThat(send(server.url()).isGood()).isTrue();

            Reply none = send(server.url());

            assertThat(none.status()).isZero();
            assertThat(none.isRefusal()).isFalse();
        }
    }

    @Test
    void headers_without_end_are_no_answer() throws Exception {
        try (RudeServer server =
                new RudeServer(Answer.endless("HTTP/1.1 200 OK\r\n", "X-More: " + "x".repeat(1000) + "\r\n"))) {
            Reply reply = send(server.url());

            assertThat(reply.status()).isZero();
            assertThat(server.written()).isLessThan(MOST_BYTES);
        }
    }

    @Test
    void a_pause_is_kept_that_is_asked_for_in_seconds_or_up_to_a_date() throws Exception {
        try (RudeServer server = new RudeServer(
                Answer.of("HTTP/1.1 429 Slow down\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n"),
                Answer.of("HTTP/1.1 503 Busy\r\nDate: Wed, 07 Jan 2026 11:12:00 GMT\r\n"
                        + "Retry-After: Wed, 07 Jan 2026 11:12:09 GMT\r\nContent-Length: 0\r\n\r\n"),
                Answer.of("HTTP/1.1 503 Busy\r\nRetry-After: soon\r\nContent-Length: 0\r\n\r\n"),
                Answer.of("HTTP/1.1 503 Busy\r\nRetry-After: 999999999\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(send(server.url()).pause()).contains(Duration.ofSeconds(7));
            assertThat(send(server.url()).pause()).contains(Duration.ofSeconds(9));
            assertThat(send(server.url()).pause()).isEmpty();
            assertThat(send(server.url()).pause()).contains(Duration.ofMinutes(5));
        }
    }

    private static Reply send(URI url) throws InterruptedException {
        Http http = new Http(AlertRecords.receiver("rude", Receiver.Type.WEBHOOK, url));
        return http.send(Message.json("POST", url, "{}"));
    }
}
