package io.failovertimeline.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may ask, and who may acknowledge. */
record Access(WebSettings settings) {

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    boolean isOnLoopback() {
        return !settings.listen().isUnresolved()
                && settings.listen().getAddress().isLoopbackAddress();
    }

    /** Whether who asks may see anything: has the token or has logged in, if one of both is asked for. */
    boolean maySee(HttpExchange exchange) {
        if (settings.token().isEmpty() && settings.login().isEmpty()) {
            return true;
        }
        String given = header(exchange.getRequestHeaders(), "Authorization").orElse("");
        return settings.token()
                        .filter(token -> given.startsWith(BEARER) && isSame(given.substring(BEARER.length()), token))
                        .isPresent()
                || settings.login().filter(login -> isLogin(given, login)).isPresent();
    }

    /** Whether a browser can ask its user for what is missing. */
    boolean hasLogin() {
        return settings.login().isPresent();
    }

    /**
     * Whether the request was meant for this server. On loopback another name says that a page from elsewhere has its own name
     * lead here, to read what only this machine may.
     */
    boolean isMeantForHere(HttpExchange exchange) {
        if (!isOnLoopback()) {
            return true;
        }
        String host = header(exchange.getRequestHeaders(), "Host").orElse("").toLowerCase(Locale.ROOT);
        return LOOPBACK_NAMES.contains(host.replaceFirst(":\\d+$", ""));
    }

    /** Whether a request that changes something comes from the page itself or from no page at all. */
    static boolean isFromHere(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        Optional<String> origin = header(headers, "Origin");
        String host = header(headers, "Host").orElse("");
        return origin.isEmpty()
                || authority(origin.get()).filter(host::equalsIgnoreCase).isPresent();
    }

    boolean needsTokenToAcknowledge() {
        return settings.acknowledgeToken().isPresent() || !isOnLoopback();
    }

    boolean mayAcknowledge(HttpExchange exchange) {
        if (!needsTokenToAcknowledge()) {
            return true;
        }
        String given =
                header(exchange.getRequestHeaders(), "X-Acknowledge-Token").orElse("");
        return settings.acknowledgeToken().filter(token -> isSame(given, token)).isPresent();
    }

    private static boolean isLogin(String given, WebSettings.Login login) {
        if (!given.startsWith(BASIC)) {
            return false;
        }
        try {
            byte[] decoded = Base64.getDecoder().decode(given.substring(BASIC.length()));
            return isSame(new String(decoded, StandardCharsets.UTF_8), login.name() + ":" + login.password());
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }

    /** Takes as long however much of it is right. */
    private static boolean isSame(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> header(Headers headers, String name) {
        @Nullable String value = headers.getFirst(name);
        return Optional.ofNullable(value);
    }

    private static Optional<String> authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }
}
