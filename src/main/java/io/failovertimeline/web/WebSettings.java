package io.failovertimeline.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the live page is and who may see it.
 *
 * @param listen address to listen on; default loopback
 * @param token what those who ask must have in {@code Authorization: Bearer}; empty if it is not asked for
 * @param login what a browser asks its user for; empty if nobody has to log in
 * @param acknowledgeToken what it takes to acknowledge an incident; empty if that is free on loopback, and not to be done elsewhere
 * @param tls the certificate; empty for plain HTTP
 */
public record WebSettings(
        InetSocketAddress listen,
        Optional<String> token,
        Optional<Login> login,
        Optional<String> acknowledgeToken,
        Optional<Tls> tls) {

    /** The port unless another is said. */
    public static final int USUAL_PORT = 8383;

    /** A name and its password. */
    public record Login(String name, String password) {}

    /**
     * A certificate with its key.
     *
     * @param store a PKCS #12 file
     */
    public record Tls(Path store, String password) {}

    /** Open to all who are on this machine, on {@code port}, or on any that is free where it is 0. */
    public static WebSettings loopback(int port) {
        return new WebSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
