package io.clientela.identity.match;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.commons.codec.digest.MurmurHash3;

/** Collects blocking keys as 64-bit hashes, the more telling first, up to a bound. */
final class KeySet {
    private final int most;
    private final Set<Long> keys = new LinkedHashSet<>();

    KeySet(int most) {
        this.most = most;
    }

    /**
     * Adds a key, unless a part of it is not known or the bound is reached.
     *
     * @param kind keeps equal values of different kinds apart
     */
    void add(String kind, String... parts) {
        var text = new StringBuilder(kind);
        for (var part : parts) {
            if (part == null || part.isEmpty()) {
                return;
            }
            // A separator, so that the parts "ab", "c" are not "a", "bc".
            text.append('\u001f').append(part);
        }
        if (keys.size() < most) {
            keys.add(MurmurHash3.hash128x64(text.toString().getBytes(StandardCharsets.UTF_8))[0]);
        }
    }

    /** Adds a key of two parts whose order does not matter. */
    void addUnordered(String kind, String a, String b, String... more) {
        if (a == null || b == null) {
            return;
        }
        var pair = a.compareTo(b) <= 0 ? a + "\u001f" + b : b + "\u001f" + a;
        var parts = new String[more.length + 1];
        parts[0] = pair;
        System.arraycopy(more, 0, parts, 1, more.length);
        add(kind, parts);
    }

    Set<Long> keys() {
        return keys;
    }
}
