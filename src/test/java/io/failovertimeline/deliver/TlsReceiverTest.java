package io.failovertimeline.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Receivers whose certificates a private authority has signed. */
@Timeout(120)
class TlsReceiverTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path folder;

    private static HttpsServer named;
    private static HttpsServer other;

    @BeforeAll
    static void start() throws Exception {
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Private Authority", "-ext", "bc:c", "-keyalg", "EC");
        Files.write(folder.resolve("ca.pem"), keytool("-exportcert", "-rfc", "-alias", "ca"));
        named = server("named", "dns:localhost,ip:127.0.0.1");
        other = server("other", "dns:elsewhere.example");
    }

    @AfterAll
    static void stop() {
        named.stop(0);
        other.stop(0);
    }

    @Test
    void without_the_authority_a_receiver_is_refused_and_with_it_alerts_are_delivered() throws Exception {
        Reply without = tell(named, Optional.empty());
        Reply with = tell(named, Optional.of(ca()));

        assertThat(without.status()).isZero();
        assertThat(without.text()).contains("PKIX");
        assertThat(with.isGood()).isTrue();
    }

    @Test
    void a_certificate_for_another_host_is_refused() throws Exception {
        Reply reply = tell(other, Optional.of(ca()));

        assertThat(reply.status()).isZero();
        assertThat(reply.text()).containsIgnoringCase("no subject alternative names matching");
    }

    private static Reply tell(HttpsServer server, Optional<String> ca) throws InterruptedException {
        Receiver receiver = new Receiver(
                "tls",
                Receiver.Type.WEBHOOK,
                URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                ca,
                Receiver.Type.WEBHOOK.usually(),
                Set.of(),
                Duration.ofMinutes(1));
        return Channel.to(receiver, InstantSource.system()).tell(AlertRecords.fired("story"), List.of());
    }

    private static String ca() throws IOException {
        return Files.readString(folder.resolve("ca.pem"));
    }

    /** A server with a certificate for {@code names}, signed by the authority. */
    private static HttpsServer server(String alias, String names) throws Exception {
        keytool("-genkeypair", "-alias", alias, "-dname", "CN=" + alias, "-keyalg", "EC");
        Path request = Files.write(folder.resolve(alias + ".csr"), keytool("-certreq", "-alias", alias));
        byte[] signed =
                keytool("-gencert", "-rfc", "-alias", "ca", "-ext", "san=" + names, "-infile", request.toString());
        Path certificate = Files.write(folder.resolve(alias + ".pem"), signed);
        keytool("-importcert", "-noprompt", "-alias", alias, "-file", certificate.toString());
        KeyStore its = KeyStore.getInstance("PKCS12");
        its.load(null, null);
        KeyStore all = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(folder.resolve("keys.p12"))) {
            all.load(file, PASSWORD);
        }
        its.setKeyEntry(alias, all.getKey(alias, PASSWORD), PASSWORD, all.getCertificateChain(alias));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(its, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** What the tool writes. */
    private static byte[] keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-keystore",
                folder.resolve("keys.p12").toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD)));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("keytool.log").toFile())
                .start();
        byte[] written = process.getInputStream().readAllBytes();
        assertThat(process.waitFor())
                .as(String.join(" ", arguments) + Files.readString(folder.resolve("keytool.log")))
                .isZero();
        return written;
    }
}
