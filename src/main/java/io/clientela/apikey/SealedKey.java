package io.clientela.apikey;

import io.clientela.http.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that only the token of the request that made it can read (AES-256-GCM, NIST SP 800-38D), so that a stored
 * response reveals no key to who reads the database: tokens are not stored.
 */
final class SealedKey {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final String PURPOSE = "clientela.api-key\n";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private SealedKey() {}

    /** Seals a key with the token of the request. */
    static String seal(String key, String token) {
        try {
            var nonce = new byte[NONCE_BYTES];
            new SecureRandom().nextBytes(nonce);
            var sealed = cipher(Cipher.ENCRYPT_MODE, token, nonce).doFinal(key.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(nonce.length + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES-GCM", e);
        }
    }

    /** Returns the key; empty if it was sealed with another token. */
    static Optional<String> open(String sealedKey, String token) {
        var sealed = Base64.getDecoder().decode(sealedKey);
        try {
            var key = cipher(Cipher.DECRYPT_MODE, token, Arrays.copyOf(sealed, NONCE_BYTES))
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
            return Optional.of(new String(key, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) { // the tag does not match
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, String token, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(CIPHER);
        var secret = Sha256.digest((PURPOSE + token).getBytes(StandardCharsets.UTF_8));
        cipher.init(mode, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
