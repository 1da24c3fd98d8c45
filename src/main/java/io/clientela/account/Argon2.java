package io.clientela.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) with the parameters that OWASP recommends first (Password Storage Cheat Sheet: 19 MiB of memory,
 * two iterations, one lane), in the PHC string format. A stored hash names its own parameters, so that it stays valid
 * when these change.
 */
final class Argon2 {
    static final int SALT_BYTES = 16;

    private static final int MEMORY_KIB = 19 * 1024;
    private static final int ITERATIONS = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;

    private static final Pattern ENCODED = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),p=([0-9]{1,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();

    /** A hash that belongs to no password, as long to check as any other. */
    static final String OF_NOBODY = encoded(new byte[SALT_BYTES], new byte[HASH_BYTES]);

    private Argon2() {}

    /** Returns the encoded hash of a password with this salt, which must be random. */
    static String hash(String password, byte[] salt) {
        return encoded(salt, compute(password, salt, MEMORY_KIB, ITERATIONS, LANES, HASH_BYTES));
    }

    private static String encoded(byte[] salt, byte[] hash) {
        return "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + ITERATIONS + ",p=" + LANES + "$" + BASE64.encodeToString(salt)
                + "$" + BASE64.encodeToString(hash);
    }

    /** Returns whether an encoded hash is that of a password. */
    static boolean matches(String password, String encoded) {
        var parts = ENCODED.matcher(encoded);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not an Argon2id hash in the PHC string format");
        }
        var expected = Base64.getDecoder().decode(parts.group(5));
        var actual = compute(
                password,
                Base64.getDecoder().decode(parts.group(4)),
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                expected.length);
        return MessageDigest.isEqual(expected, actual);
    }

    private static byte[] compute(
            String password, byte[] salt, int memoryKib, int iterations, int lanes, int hashBytes) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(iterations)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        var hash = new byte[hashBytes];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
