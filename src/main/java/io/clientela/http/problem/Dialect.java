package io.clientela.http.problem;

import io.clientela.http.openapi.PublishedApi;
import io.vertx.core.MultiMap;

/**
 * An API beside the service's own that serves the same customers in another wire format. Whatever rejects a request to
 * one of its paths, also before a resource is chosen, is written in its shape.
 */
public interface Dialect extends PublishedApi {
    /** Returns the response to a request that was rejected, but for the headers that all responses have. */
    DialectError error(ProblemException problem);

    /**
     * Turns credentials in headers of its own into an {@code Authorization} header, which is what authentication reads.
     */
    default void readCredentials(MultiMap headers) {}
}
