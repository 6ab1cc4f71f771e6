package io.failovertimeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorKindTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP 500                                                    | SERVER_ERROR",
                "HTTP 504, sH server timeout                                 | SERVER_ERROR",
                "500 Internal Server Error                                   | SERVER_ERROR",
                "status.find.in(200,304), found 503                          | SERVER_ERROR",
                "HTTP 404                                                    | OTHER",
                "connection refused                                          | REFUSED",
                "ConnectionRefusedError(111, 'Connection refused')           | REFUSED",
                "SC server refused or none                                   | REFUSED",
                "connect: no route to host                                   | REFUSED",
                "HttpHostConnectException: Connection refused                | REFUSED",
                "connection reset                                            | RESET",
                "read tcp: connection reset by peer                          | RESET",
                "broken pipe                                                 | RESET",
                "EOF                                                         | RESET",
                "unexpected EOF                                              | RESET",
                "NoHttpResponseException                                     | RESET",
                "socket hang up                                              | RESET",
                "server closed the connection unexpectedly                   | RESET",
                "terminating connection due to administrator command         | RESET",
                "SD server closed                                            | RESET",
                "DH server marked down                                       | RESET",
                "i/o timeout                                                 | TIMEOUT",
                "dial timeout                                                | TIMEOUT",
                "context deadline exceeded (Client.Timeout exceeded)         | TIMEOUT",
                "SocketTimeoutException: Read timed out                      | TIMEOUT",
                "ETIMEDOUT                                                   | TIMEOUT",
                "canceling statement due to statement timeout                | TIMEOUT",
                "cannot execute INSERT in a read-only transaction            | READ_ONLY",
                "HTTP 500: cannot execute UPDATE in a read-only transaction  | READ_ONLY",
                "ReadOnlySqlTransaction                                      | READ_ONLY",
                "SQLSTATE 25006                                              | READ_ONLY",
                "serialization                                               | OTHER",
                "failed                                                      | OTHER",
                "took 5000 rows                                              | OTHER",
            })
    void an_error_text_means_what_it_says(String error, ErrorKind kind) {
        assertThat(ErrorKind.of(error)).isEqualTo(kind);
    }
}
