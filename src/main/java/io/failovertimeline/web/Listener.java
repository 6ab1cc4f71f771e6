package io.failovertimeline.web;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Opens the port, with TLS where a certificate is given. */
final class Listener {

    static {
        // Read once by the JDK's server. Who takes longer to send a request is cut off.
        if (System.getProperty("sun.net.httpserver.maxReqTime") == null) {
            System.setProperty("sun.net.httpserver.maxReqTime", "30");
        }
        // More than this wait or are turned away, whoever they are.
        if (System.getProperty("jdk.httpserver.maxConnections") == null) {
            System.setProperty("jdk.httpserver.maxConnections", "256");
        }
    }

    private Listener() {}

    /**
     * Opens it.
     *
     * @throws IOException if the address or the certificate can't be used; the message says what to do
     */
    static HttpServer open(WebSettings settings, int backlog) throws IOException {
        InetSocketAddress asked = settings.listen();
        // A host name is looked up here and not when the settings are read.
        InetSocketAddress address =
                asked.isUnresolved() ? new InetSocketAddress(asked.getHostString(), asked.getPort()) : asked;
        Optional<SSLContext> tls =
                settings.tls().isPresent() ? Optional.of(usable(settings.tls().get())) : Optional.empty();
        try {
            if (tls.isEmpty()) {
                return HttpServer.create(address, backlog);
            }
            HttpsServer server = HttpsServer.create(address, backlog);
            server.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
            return server;
        } catch (IOException | IllegalArgumentException refused) {
            throw new IOException(
                    "Can't listen on " + asked.getHostString() + ":" + asked.getPort() + ": " + refused.getMessage()
                            + ". Is something else there? --listen says where.",
                    refused);
        }
    }

    private static SSLContext usable(WebSettings.Tls tls) throws IOException {
        try {
            return context(tls);
        } catch (NoSuchFileException gone) {
            throw new IOException(
                    "There is no certificate " + tls.store() + "; web.tls.keystore is a PKCS #12 file.", gone);
        } catch (IOException | GeneralSecurityException unusable) {
            throw new IOException(
                    "The certificate in " + tls.store() + " can't be used: " + unusable.getMessage()
                            + ". web.tls.keystore is a PKCS #12 file, web.tls.password its password.",
                    unusable);
        }
    }

    private static SSLContext context(WebSettings.Tls tls) throws IOException, GeneralSecurityException {
        char[] password = tls.password().toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(tls.store())) {
            store.load(file, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
