package io.clientela.http.problem;

import java.util.UUID;

/**
 * What was asked for is by now found under another id. A read is sent there by 307 (RFC 9110, section 15.4.8):
 * temporary, because what moved can move back.
 */
public final class MergedRedirectException extends RuntimeException {
    /** What the OpenAPI document says of the answer. */
    public static final String DESCRIPTION =
            "The customer was merged into another one: `Location` leads to the same there.";

    private final UUID from;
    private final UUID to;

    /** Says that what has one id in the request's path is now found under another one. */
    public MergedRedirectException(UUID from, UUID to) {
        super(null, null, false, false);
        this.from = from;
        this.to = to;
    }

    /** Where it is: the request's path and query with the other id. */
    String location(String uri) {
        return uri.replaceFirst("(?i)" + from, to.toString());
    }
}
