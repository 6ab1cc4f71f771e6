package io.failovertimeline.config;

/**
 * Why a setting can't be used.
 *
 * @param key its name
 * @param place where it stands
 * @param what is wrong, and what would be right
 */
public record Fault(String key, String place, String what) {

    @Override
    public String toString() {
        return place + ": " + key + " " + what;
    }
}
