package io.clientela.idempotency;

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
 * A secret that only the token of the request that made it can read (AES-256-GCM, NIST SP 800-38D), so that a stored
 * response reveals no secret to who reads the database: tokens are not stored.
 */
final class SealedSecret {
    private static final String CIPHER = "AES/GCM/NoPadding";
    /** Named after the first secrets that were sealed; another name could not open those that are stored. */
    private static final String PURPOSE = "clientela.api-key\n";

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private SealedSecret() {}

    /** Seals a secret with the token of the request. */
    static String seal(String secret, String token) {
        try {
            var nonce = new byte[NONCE_BYTES];
            new SecureRandom().nextBytes(nonce);
            var sealed = cipher(Cipher.ENCRYPT_MODE, token, nonce).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder()
                    .encodeToString(ByteBuffer.allocate(nonce.length + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES-GCM", e);
        }
    }

    /** Returns the secret; empty if it was sealed with another token. */
    static Optional<String> open(String sealedSecret, String token) {
        var sealed = Base64.getDecoder().decode(sealedSecret);
        try {
            var secret = cipher(Cipher.DECRYPT_MODE, token, Arrays.copyOf(sealed, NONCE_BYTES))
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
            return Optional.of(new String(secret, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) { // the tag does not match
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, String token, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(CIPHER);
        var key = Sha256.digest((PURPOSE + token).getBytes(StandardCharsets.UTF_8));
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
