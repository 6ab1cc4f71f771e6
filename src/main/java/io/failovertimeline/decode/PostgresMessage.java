package io.failovertimeline.decode;

/** A message whose parts stand in fields, put together as PostgreSQL writes it to its standard error, without the prefixes. */
final class PostgresMessage {

    private final StringBuilder text;

    PostgresMessage(String severity, String message) {
        text = new StringBuilder(severity).append(":  ").append(message);
    }

    /** With a part under its heading; an empty one is left out. */
    PostgresMessage with(String heading, String part) {
        if (!part.isEmpty()) {
            text.append('\n').append(heading).append(":  ").append(part);
        }
        return this;
    }

    String text() {
        return text.toString();
    }
}
