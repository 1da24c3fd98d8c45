package io.clientela.apikey;

import io.clientela.http.Sha256;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * An API key as callers send it, {@code <prefix>_<id>_<secret>}: id and secret in hexadecimal, so that a key found
 * somewhere tells which key to revoke.
 *
 * @param prefix 2 to 10 letters
 * @param id the key's id
 * @param secret 256 random bits
 */
record KeyText(String prefix, UUID id, byte[] secret) {
    private static final Pattern FORM = Pattern.compile("([A-Za-z]{2,10})_([0-9a-f]{32})_([0-9a-f]{64})");
    private static final int SECRET_BYTES = 32;
    private static final int HEX = 16;

    /** Returns a key with a new secret. */
    static KeyText generate(String prefix, UUID id) {
        var secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return new KeyText(prefix, id, secret);
    }

    /** Reads a key; empty for a token of another form. */
    static Optional<KeyText> parse(String token) {
        var parts = FORM.matcher(token);
        return parts.matches()
                ? Optional.of(new KeyText(
                        parts.group(1), id(parts.group(2)), HexFormat.of().parseHex(parts.group(3))))
                : Optional.empty();
    }

    /** Returns the SHA-256 of the secret. No salt and no slow function: 256 random bits cannot be guessed. */
    byte[] hash() {
        return Sha256.digest(secret);
    }

    /** Returns the key as callers send it. */
    String text() {
        return prefix + "_" + id.toString().replace("-", "") + "_"
                + HexFormat.of().formatHex(secret);
    }

    /** Names the key without its secret, so that no log shows one. */
    @Override
    public String toString() {
        return prefix + "_" + id;
    }

    private static UUID id(String hex) {
        return new UUID(Long.parseUnsignedLong(hex, 0, HEX, HEX), Long.parseUnsignedLong(hex, HEX, hex.length(), HEX));
    }
}
