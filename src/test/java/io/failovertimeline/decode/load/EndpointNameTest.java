package io.failovertimeline.decode.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointNameTest {

    @ParameterizedTest
    @CsvSource({
        "GET, http://10.44.7.31/Forecast/17, GET /Forecast/{id}",
        "GET, http://app/Forecast/17/days/3?units=C#today, GET /Forecast/{id}/days/{id}",
        "POST, https://app:8443/Forecast, POST /Forecast",
        "GET, http://app, GET /",
        "GET, http://app?x=/y, GET /",
        "GET, http://app/, GET /",
        "GET, /Forecast/17, GET /Forecast/{id}",
        "GET, http://app/u/0b6f9d1e-5f4c-4c1e-9f57-0f6f2a3b4c5d, GET /u/{id}",
        "GET, http://app/u/507f1f77bcf86cd799439011, GET /u/{id}",
        "GET, http://app/facade/v2/decade, GET /facade/v2/decade",
        "'', http://app/Cities, /Cities",
    })
    void method_and_path_name_an_endpoint_with_ids_replaced(String method, String url, String name) {
        assertThat(EndpointName.of(method, url)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "GetForecast, GET, http://app/Forecast/17, GetForecast",
        "http://app/Forecast/17, GET, http://app/Forecast/17, GET /Forecast/{id}",
        "http://app/Forecast/17, GET, http://app/forecasts/17, GET /Forecast/{id}",
        "http://app/Forecast/${}, GET, http://app/Forecast/17, GET /Forecast/{id}",
        "'', GET, http://app/Forecast/17, GET /Forecast/{id}",
        "'', '', '', (unnamed)",
    })
    void the_scripts_own_name_comes_first_unless_it_is_a_url(String name, String method, String url, String expected) {
        assertThat(EndpointName.given(name, method, url)).isEqualTo(expected);
    }
}
