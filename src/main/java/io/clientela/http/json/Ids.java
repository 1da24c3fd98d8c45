package io.clientela.http.json;

import java.util.Optional;
import java.util.UUID;

/** Ids in paths, parameters and bodies: UUIDs (RFC 9562, section 4) in their full form. */
public final class Ids {
    private static final int LENGTH = 36;

    private Ids() {}

    /** Reads an id; empty for anything but the 36 characters of a UUID. */
    public static Optional<UUID> parse(String text) {
        if (text.length() != LENGTH) {
            return Optional.empty();
        }
        try {
            var id = UUID.fromString(text);
            return id.toString().equalsIgnoreCase(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
