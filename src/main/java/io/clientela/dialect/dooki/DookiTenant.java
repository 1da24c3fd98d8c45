package io.clientela.dialect.dooki;

import io.clientela.http.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The number that Dooki shows as merchant and marketplace: it follows from the tenant's name. */
final class DookiTenant {
    private DookiTenant() {}

    /** Returns a positive number that is always the same for a tenant: 31 bits of the SHA-256 of its name. */
    static int number(String tenant) {
        var digest = Sha256.digest(tenant.getBytes(StandardCharsets.UTF_8));
        return Math.max(1, ByteBuffer.wrap(digest).getInt() & Integer.MAX_VALUE);
    }
}
