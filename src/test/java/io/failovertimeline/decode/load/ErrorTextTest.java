package io.failovertimeline.decode.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorTextTest {

    @ParameterizedTest
    @CsvSource({
        "'', 1500, 500, HTTP 500",
        "'', 1503, '', HTTP 503",
        "'', '', 200, HTTP 200",
        "'', 1050, 0, timeout",
        "'', 1101, 0, DNS",
        "'', 1211, 0, dial timeout",
        "'', 1212, 0, connection refused",
        "'', 1220, 0, connection reset",
        "'', 1310, 0, TLS",
        "'', 1999, 0, error 1999",
        "'', '', 0, no response",
        "dial: connection refused, 1212, 0, dial: connection refused",
        "'read tcp 10.0.0.5:54321->10.0.0.1:80: read: connection reset by peer', 1220, 0, connection reset by peer",
    })
    void k6_says_it_by_text_then_by_status_then_by_code(String error, String code, String status, String expected) {
        assertThat(ErrorText.ofK6(error, code, status)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'Get \"http://app/17\": dial tcp 10.0.0.1:80: connect: connection refused', connection refused",
        "'Get \"http://app/17\": EOF', EOF",
        "EOF, EOF",
    })
    void of_a_go_error_only_the_cause_is_kept(String error, String expected) {
        assertThat(ErrorText.ofGo(error)).isEqualTo(expected);
    }

    @Test
    void an_error_text_is_one_line_of_bounded_length() {
        String text = ErrorText.ofK6("first\n\tsecond " + "x".repeat(1_000), "", "0");

        assertThat(text).startsWith("first second xxx").hasSize(200);
    }
}
