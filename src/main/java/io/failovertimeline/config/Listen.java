package io.failovertimeline.config;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses to listen on: {@code 127.0.0.1:9404}, {@code [::1]:9404}, {@code :9404} for all interfaces. */
final class Listen {

    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([^:\\[\\]]*)):(\\d{1,5})");
    private static final int LAST_PORT = 65_535;

    private Listen() {}

    /** What {@code text} says; empty if it is no address. A host name is not looked up here. */
    static Optional<InetSocketAddress> parse(String text) {
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches() || Integer.parseInt(address.group(3)) > LAST_PORT) {
            return Optional.empty();
        }
        String host = address.group(1) != null ? address.group(1) : address.group(2);
        int port = Integer.parseInt(address.group(3));
        return Optional.of(
                host.isEmpty() ? new InetSocketAddress(port) : InetSocketAddress.createUnresolved(host, port));
    }
}
