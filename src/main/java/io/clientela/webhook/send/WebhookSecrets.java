package io.clientela.webhook.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Secrets of webhooks and their signatures (Standard Webhooks 1.0.0, "Signature scheme", symmetric). */
public final class WebhookSecrets {
    private static final String PREFIX = "whsec_";
    private static final int SECRET_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private WebhookSecrets() {}

    /** Returns a new secret: 256 random bits in Base64 after {@code whsec_}. */
    public static String generate() {
        var secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return PREFIX + Base64.getEncoder().encodeToString(secret);
    }

    /** Returns the header {@code webhook-signature}: a signature with each secret, with spaces between them. */
    public static String sign(String id, Instant timestamp, byte[] body, List<String> secrets) {
        var prefix = (id + "." + timestamp.getEpochSecond() + ".").getBytes(UTF_8);
        return secrets.stream().map(secret -> signature(secret, prefix, body)).collect(Collectors.joining(" "));
    }

    private static String signature(String secret, byte[] prefix, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key(secret), ALGORITHM));
            mac.update(prefix);
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA256", e);
        }
    }

    private static byte[] key(String secret) {
        return Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
    }
}
