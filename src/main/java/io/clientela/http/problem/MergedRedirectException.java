package io.clientela.http.problem;

import java.util.UUID;

/**
 * The requested customer was merged into another one. Reads are redirected with 307 (RFC 9110, section 15.4.8), a
 * temporary redirect because a merge can be undone.
 */
public final class MergedRedirectException extends RuntimeException {
    private final UUID from;
    private final UUID to;

    /** Redirects from one id in the request's path to another. */
    public MergedRedirectException(UUID from, UUID to) {
        super(null, null, false, false);
        this.from = from;
        this.to = to;
    }

    /** Returns the id of the customer into whom the requested one was merged. */
    public UUID to() {
        return to;
    }

    /** Returns the request's path and query with the other id. */
    String location(String uri) {
        return uri.replaceFirst("(?i)" + from, to.toString());
    }
}
