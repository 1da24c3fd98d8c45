package io.clientela.http;

import io.vertx.core.http.HttpServerRequest;

/** An operation that reads its body as it arrives, of any length, within limits of its own. */
public interface StreamedRequest {
    /** Returns whether a request is for this operation. */
    boolean reads(HttpServerRequest request);
}
