package io.clientela.idempotency;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * A response that can be stored and replayed.
 *
 * @param status the HTTP status
 * @param location the {@code Location} header, or null
 * @param etag the {@code ETag} header, or null
 * @param body the JSON text
 * @param replayed whether it is the replay of a stored response
 */
public record StoredResponse(int status, String location, String etag, String body, boolean replayed) {
    /** Creates a response that is not a replay. */
    public StoredResponse(int status, String location, String etag, String body) {
        this(status, location, etag, body, false);
    }

    /** Returns a 204. */
    public static StoredResponse noContent() {
        return new StoredResponse(Response.Status.NO_CONTENT.getStatusCode(), null, null, "");
    }

    /** Returns the HTTP response. */
    public Response toResponse() {
        var response = Response.status(status);
        if (!body.isEmpty()) {
            response.type(MediaType.APPLICATION_JSON).entity(body);
        }
        if (location != null) {
            response.header(HttpHeaders.LOCATION, location);
        }
        if (etag != null) {
            response.header(HttpHeaders.ETAG, etag);
        }
        if (replayed) {
            response.header("Idempotency-Replayed", "true");
        }
        return response.build();
    }
}
