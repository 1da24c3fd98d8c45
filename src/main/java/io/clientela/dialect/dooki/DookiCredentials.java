package io.clientela.dialect.dooki;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads an API key from the two headers in which Dooki's clients send it. */
final class DookiCredentials {
    static final String TOKEN = "User-Token";
    static final String SECRET = "User-Secret-Key";

    private static final Pattern SECRET_FORMAT = Pattern.compile("[0-9a-f]{64}");
    private static final String DEFAULT_PREFIX = "ck";
    private static final String REJECTED = "Bearer -";

    private DookiCredentials() {}

    /**
     * Returns the value of an {@code Authorization} header: one that is not accepted, if a header is missing, repeated
     * or malformed; empty if neither was sent.
     */
    static Optional<String> bearer(MultiMap headers) {
        var ids = headers.getAll(TOKEN);
        var secrets = headers.getAll(SECRET);
        return ids.isEmpty() && secrets.isEmpty()
                ? Optional.empty()
                : Optional.of(key(ids, secrets).map(key -> "Bearer " + key).orElse(REJECTED));
    }

    private static Optional<String> key(List<String> ids, List<String> secrets) {
        return ids.size() == 1 && secrets.size() == 1
                ? key(ids.get(0).strip(), secrets.get(0).strip())
                : Optional.empty();
    }

    /** A key with a prefix of its own is told by the whole key in place of the secret. */
    private static Optional<String> key(String id, String secret) {
        var hex = id.replace("-", "").toLowerCase(Locale.ROOT);
        if (SECRET_FORMAT.matcher(secret).matches()) {
            return Optional.of(DEFAULT_PREFIX + "_" + hex + "_" + secret);
        }
        return Optional.of(secret).filter(key -> key.contains("_" + hex + "_"));
    }
}
