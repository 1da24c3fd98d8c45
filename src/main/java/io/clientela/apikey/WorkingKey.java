package io.clientela.apikey;

import io.clientela.security.Bearer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A key that was neither revoked nor past its end when it was read.
 *
 * @param id the key's id
 * @param prefix the prefix with which it was made
 * @param bearer what it grants
 * @param hashes the digests of the secrets with which it works
 * @param valid how long this holds: the key or one of its secrets ends then
 * @param readAt the {@link System#nanoTime()} before it was read
 * @param useIsDue whether its last use is to be recorded
 */
record WorkingKey(
        UUID id, String prefix, Bearer bearer, List<byte[]> hashes, Duration valid, long readAt, boolean useIsDue) {

    /** Returns whether a caller sent this key, in a time that does not depend on the secret. */
    boolean matches(KeyText sent) {
        var hash = sent.hash();
        boolean found = false;
        for (byte[] known : hashes) {
            found |= MessageDigest.isEqual(known, hash);
        }
        return found && prefix.equals(sent.prefix());
    }
}
