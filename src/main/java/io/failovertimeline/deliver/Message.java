package io.failovertimeline.deliver;

import java.net.URI;
import java.util.Map;

/**
 * A request to a receiver.
 *
 * @param method of HTTP
 * @param url where to
 * @param headers besides those that every request has
 * @param body may be empty
 */
record Message(String method, URI url, Map<String, String> headers, String body) {

    Message {
        headers = Map.copyOf(headers);
    }

    static Message json(String method, URI url, Object body) {
        return new Message(method, url, Map.of("Content-Type", "application/json"), body.toString());
    }
}
