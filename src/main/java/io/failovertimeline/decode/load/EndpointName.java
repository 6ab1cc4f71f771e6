package io.failovertimeline.decode.load;

import java.util.regex.Pattern;

/** Names requests so that those to the same endpoint have the same name. */
public final class EndpointName {

    private static final Pattern ABSOLUTE = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://");
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
            + "|(?=.*[0-9])[0-9a-fA-F]{16,}|(?=.*[0-9])[0-9A-Za-z]{20,}|\\$\\{}");
    private static final int SHORTEST_ID = 16;

    private EndpointName() {}

    /**
     * {@code GET /Forecast/{id}} for {@code GET} and {@code http://app/Forecast/17?units=C}: method and path; numbers, UUIDs, hex
     * strings of 16 and more digits, and words of 20 and more letters and digits become {@code {id}}; scheme, authority, query and fragment are dropped.
     *
     * @param method may be empty
     * @param url absolute, or a path
     */
    public static String of(String method, String url) {
        String path = withIdsReplaced(path(url));
        return BoundedText.of(method.isEmpty() ? path : method + " " + path);
    }

    /**
     * The name given to a request by the script, or one {@link #of method and URL} where it was given none: k6 then repeats the
     * URL. {@code (unnamed)} if nothing is known.
     */
    static String given(String name, String method, String url) {
        if (isOwn(name, url)) {
            return BoundedText.of(name);
        }
        String address = name.isEmpty() ? url : name;
        return address.isEmpty() ? "(unnamed)" : of(method, address);
    }

    /** Whether {@code name} is more than the URL again. */
    static boolean isOwn(String name, String url) {
        return !name.isEmpty() && !name.equals(url) && !ABSOLUTE.matcher(name).lookingAt();
    }

    /** Method and path as they were sent. */
    static String raw(String method, String url) {
        return method.isEmpty() ? path(url) : method + " " + path(url);
    }

    private static String path(String url) {
        var scheme = ABSOLUTE.matcher(url);
        int authority = scheme.lookingAt() ? scheme.end() : 0;
        int end = url.length();
        for (int i = authority; i < url.length(); i++) {
            if (url.charAt(i) == '?' || url.charAt(i) == '#') {
                end = i;
                break;
            }
        }
        if (authority == 0) {
            return url.substring(0, end);
        }
        int slash = url.indexOf('/', authority);
        return slash < 0 || slash >= end ? "/" : url.substring(slash, end);
    }

    private static String withIdsReplaced(String path) {
        StringBuilder out = new StringBuilder(path.length());
        int from = 0;
        while (from <= path.length()) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            String segment = path.substring(from, to);
            out.append(isId(segment) ? "{id}" : segment);
            if (slash >= 0) {
                out.append('/');
            }
            from = to + 1;
        }
        return out.toString();
    }

    private static boolean isId(String segment) {
        return isNumber(segment)
                || ((segment.length() >= SHORTEST_ID || segment.startsWith("$"))
                        && ID.matcher(segment).matches());
    }

    private static boolean isNumber(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            if (segment.charAt(i) < '0' || segment.charAt(i) > '9') {
                return false;
            }
        }
        return !segment.isEmpty();
    }
}
