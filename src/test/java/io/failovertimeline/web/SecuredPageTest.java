package io.failovertimeline.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page with a certificate that the JDK's keytool makes, and under those who ask for too much. */
class SecuredPageTest {

    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));
    private static final String PASSWORD = "of-the-store";

    @TempDir
    private static Path folder;

    private static Path store;

    @BeforeAll
    static void make_a_certificate() throws Exception {
        store = folder.resolve("page.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-alias",
                        "page",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
    }

    @Test
    void over_tls_token_and_login_open_the_page_and_nothing_else_does() throws Exception {
        try (LivePage page = page(settings(PASSWORD))) {
            HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build();

            assertThat(status(client, page, Optional.empty())).isEqualTo(401);
            assertThat(status(client, page, Optional.of("Bearer token-of-8"))).isEqualTo(200);
            assertThat(status(client, page, Optional.of(basic("ada:password")))).isEqualTo(200);
            assertThat(status(client, page, Optional.of("Bearer token-of-9"))).isEqualTo(401);
            assertThat(status(client, page, Optional.of(basic("ada:passwor")))).isEqualTo(401);
            assertThat(status(client, page, Optional.of(basic("token-of-8")))).isEqualTo(401);
        }
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_refused_by_the_client() throws Exception {
        try (LivePage page = page(settings(PASSWORD))) {
            HttpClient client = HttpClient.newHttpClient();

            assertThatThrownBy(() -> status(client, page, Optional.of("Bearer token-of-8")))
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void without_tls_a_page_that_has_a_certificate_tells_nothing() throws Exception {
        try (LivePage page = page(settings(PASSWORD));
                Socket socket = new Socket("127.0.0.1", page.address().getPort())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer token-of-8\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(answer(socket), StandardCharsets.ISO_8859_1)).doesNotContain("HTTP/1.1 200", "html");
        }
    }

    @Test
    void a_store_that_can_not_be_opened_is_told_with_its_settings() throws IOException {
        Files.writeString(folder.resolve("none.p12"), "no store");

        assertThatThrownBy(() -> page(settings("wrong")).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("page.p12")
                .hasMessageContaining("web.tls.password");
        assertThatThrownBy(() ->
                        page(settings(folder.resolve("none.p12"), PASSWORD)).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none.p12")
                .hasMessageContaining("web.tls.keystore");
        assertThatThrownBy(() ->
                        page(settings(folder.resolve("gone.p12"), PASSWORD)).close())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gone.p12")
                .hasMessageContaining("web.tls.keystore");
    }

    @Test
    void followers_that_are_too_many_are_turned_away_and_all_others_are_answered() throws Exception {
        List<Socket> followers = new ArrayList<>();
        try (LivePage page = page(WebSettings.loopback(0))) {
            for (int i = 0; i < 64; i++) {
                Socket socket = new Socket("127.0.0.1", page.address().getPort());
                socket.getOutputStream()
                        .write("GET /api/v1/changes HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().read()).isEqualTo('H');
                followers.add(socket);
            }
            HttpClient client = HttpClient.newHttpClient();
            URI address = URI.create("http://127.0.0.1:" + page.address().getPort());

            HttpResponse<String> oneMore = client.send(
                    HttpRequest.newBuilder(address.resolve("/api/v1/changes")).build(),
                    HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> another = client.send(
                    HttpRequest.newBuilder(address.resolve("/api/v1/incidents")).build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(oneMore.statusCode()).isEqualTo(503);
            assertThat(oneMore.headers().firstValue("Retry-After")).contains("2");
            assertThat(another.statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : followers) {
                socket.close();
            }
        }
    }

    @Test
    void what_is_too_long_or_made_up_is_refused_in_a_sentence() throws Exception {
        try (LivePage page = page(WebSettings.loopback(0))) {
            assertThat(request(page, "GET /api/v1/incidents/" + "x".repeat(301) + " HTTP/1.1\r\n"))
                    .startsWith("HTTP/1.1 404");
            assertThat(request(page, "GET /api/v1/incidents?cluster=" + "x".repeat(20_000) + " HTTP/1.1\r\n"))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("{\"incidents\":[]}");
            assertThat(request(page, "GET /api/v1/incidents?cluster=%ZZ HTTP/1.1\r\n"))
                    .startsWith("HTTP/1.1 400");
            assertThat(request(page, "GET /" + "x".repeat(2_000_000) + " HTTP/1.1\r\n"))
                    .doesNotContain("HTTP/1.1 200");
            assertThat(request(page, "GET / HTTP/1.1\r\n" + headers(1000))).doesNotContain("HTTP/1.1 200");
            assertThat(request(page, "DELETE /api/v1/incidents/i1 HTTP/1.1\r\n"))
                    .startsWith("HTTP/1.1 405");
            assertThat(request(page, "GET / HTTP/1.1\r\n")).startsWith("HTTP/1.1 200");
        }
    }

    private static String headers(int number) {
        return IntStream.range(0, number).mapToObj(i -> "X-H" + i + ": y\r\n").collect(Collectors.joining());
    }

    private static String request(LivePage page, String begin) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", page.address().getPort())) {
            socket.getOutputStream()
                    .write((begin + "Host: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(answer(socket), StandardCharsets.UTF_8);
        }
    }

    /** All that comes, also where the other side breaks off. */
    private static byte[] answer(Socket socket) {
        try (InputStream in = socket.getInputStream()) {
            return in.readAllBytes();
        } catch (IOException brokenOff) {
            return new byte[0];
        }
    }

    private static int status(HttpClient client, LivePage page, Optional<String> authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("https://127.0.0.1:" + page.address().getPort() + "/api/v1/incidents"));
        authorization.ifPresent(its -> request.header("Authorization", its));
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    private static SSLContext trusting() throws Exception {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("page", keys.getCertificate("page"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static WebSettings settings(String password) {
        return settings(store, password);
    }

    private static WebSettings settings(Path file, String password) {
        return new WebSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.of("token-of-8"),
                Optional.of(new WebSettings.Login("ada", "password")),
                Optional.empty(),
                Optional.of(new WebSettings.Tls(file, password)));
    }

    private static LivePage page(WebSettings settings) throws IOException {
        Board board = new Board();
        board.caughtUp();
        return new LivePage(board, settings, (id, json) -> {}, NOON);
    }
}
