package io.clientela.dialect.dooki;

import java.util.regex.Pattern;

/**
 * The first line of an address in Dooki's parts.
 *
 * @param street the line without the number
 * @param number the house number; null if the line has none, or is not written as in Brazil
 */
record DookiStreet(String street, String number) {
    private static final Pattern WITH_NUMBER =
            Pattern.compile("(.*[^\\s,])\\s*,\\s*(?:n[º°o.]*\\s*)?(\\d{1,6}\\s?[A-Za-z]?|[sS]/[nN])\\s*");

    /** Reads a line such as {@code Rua das Flores, 123}. */
    static DookiStreet of(String line) {
        if (line == null) {
            return new DookiStreet(null, null);
        }
        var parts = WITH_NUMBER.matcher(line);
        return parts.matches() ? new DookiStreet(parts.group(1), parts.group(2)) : new DookiStreet(line, null);
    }
}
