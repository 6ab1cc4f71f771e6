package io.failovertimeline.decode.state;

/** How deep in JSON's brackets a text is, line by line. */
final class Brackets {

    private int depth;
    private boolean inText;
    private boolean escaped;

    Brackets over(String line) {
        for (int i = 0; i < line.length(); i++) {
            over(line.charAt(i));
        }
        return this;
    }

    private void over(char character) {
        if (inText) {
            inText = escaped || character != '"';
            escaped = !escaped && character == '\\';
        } else if (character == '"') {
            inText = true;
        } else if (character == '{' || character == '[') {
            depth++;
        } else if (character == '}' || character == ']') {
            depth--;
        }
    }

    /** Whether all that were opened are closed. */
    boolean closed() {
        return depth <= 0 && !inText;
    }
}
