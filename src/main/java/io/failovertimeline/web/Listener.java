package io.failovertimeline.web;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Opens the port, with TLS where a certificate is given. */
final class Listener {

    static {
        // Read once by the JDK's server. Who takes longer to send a request is cut off.
        if (System.getProperty("sun.net.httpserver.maxReqTime") == null) {
            System.setProperty("sun.net.httpserver.maxReqTime", "30");
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
        try {
            if (settings.tls().isEmpty()) {
                return HttpServer.create(address, backlog);
            }
            HttpsServer server = HttpsServer.create(address, backlog);
            server.setHttpsConfigurator(
                    new HttpsConfigurator(context(settings.tls().get())));
            return server;
        } catch (IOException | IllegalArgumentException refused) {
            throw new IOException(
                    "Can't listen on " + asked.getHostString() + ":" + asked.getPort() + ": " + refused.getMessage()
                            + ". Is something else there? --listen says where.",
                    refused);
        } catch (GeneralSecurityException unusable) {
            throw new IOException(
                    "The certificate in " + settings.tls().orElseThrow().store() + " can't be used: "
                            + unusable.getMessage()
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
