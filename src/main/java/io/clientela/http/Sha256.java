package io.clientela.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 digest (FIPS 180-4), which every Java platform has. */
public final class Sha256 {
    private Sha256() {}

    /** Returns the 32 bytes of the digest over all parts, one after the other. */
    public static byte[] digest(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
