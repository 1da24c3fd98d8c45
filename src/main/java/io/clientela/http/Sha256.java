package io.clientela.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 digest (FIPS 180-4), which every Java platform has. */
public final class Sha256 {
    private Sha256() {}

    /** Returns the 32 bytes of the digest over all parts, one after the other. */
    public static byte[] digest(byte[]... parts) {
        var digest = begin();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /** Begins the digest of what arrives in parts. */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
