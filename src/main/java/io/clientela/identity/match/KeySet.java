package io.clientela.identity.match;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.commons.codec.digest.MurmurHash3;

/** A bounded set of blocking keys as 64-bit hashes; keys added first take precedence. */
final class KeySet {
    /** Distinguishes the parts "ab", "c" from "a", "bc". */
    private static final char SEPARATOR = '\u001f';

    private final int maxSize;
    private final Set<Long> keys = new LinkedHashSet<>();
    private final Set<Long> identifiers = new LinkedHashSet<>();

    KeySet(int maxSize) {
        this.maxSize = maxSize;
    }

    /**
     * Adds a key, unless one of its parts is missing or the set is full.
     *
     * @param kind distinguishes equal values of different kinds
     */
    void add(String kind, String... parts) {
        var text = new StringBuilder(kind);
        for (var part : parts) {
            if (part == null || part.isEmpty()) {
                return;
            }
            text.append(SEPARATOR).append(part);
        }
        if (keys.size() < maxSize) {
            keys.add(hash(text.toString()));
        }
    }

    /** Adds a key that is a whole identifier, before the other keys. */
    void addIdentifier(String kind, String identifier) {
        add(kind, identifier);
        identifiers.add(hash(kind + SEPARATOR + identifier));
    }

    private static long hash(String key) {
        return MurmurHash3.hash128x64(key.getBytes(StandardCharsets.UTF_8))[0];
    }

    /** Adds a key of two parts whose order does not matter. */
    void addUnordered(String kind, String a, String b, String... more) {
        if (a == null || b == null) {
            return;
        }
        var pair = a.compareTo(b) <= 0 ? a + SEPARATOR + b : b + SEPARATOR + a;
        var parts = new String[more.length + 1];
        parts[0] = pair;
        System.arraycopy(more, 0, parts, 1, more.length);
        add(kind, parts);
    }

    Set<Long> keys() {
        return keys;
    }

    Set<Long> identifiers() {
        return identifiers;
    }
}
