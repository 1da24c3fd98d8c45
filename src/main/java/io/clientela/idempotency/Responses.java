package io.clientela.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.http.ETags;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/** Builds responses that can be stored and replayed. */
@Singleton
public class Responses {
    private final ObjectMapper mapper;

    Responses(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Returns a 201 with a location and a version. */
    public StoredResponse created(String location, long version, Object body) {
        return new StoredResponse(Response.Status.CREATED.getStatusCode(), location, ETags.of(version), json(body));
    }

    /** Returns a 201 with a location. */
    public StoredResponse created(String location, Object body) {
        return new StoredResponse(Response.Status.CREATED.getStatusCode(), location, null, json(body));
    }

    /** Returns a 202 with the location at which the result will be (RFC 9110, section 15.3.3). */
    public StoredResponse accepted(String location, Object body) {
        return new StoredResponse(Response.Status.ACCEPTED.getStatusCode(), location, null, json(body));
    }

    /** Returns a 200 with a location. */
    public StoredResponse ok(String location, Object body) {
        return new StoredResponse(Response.Status.OK.getStatusCode(), location, null, json(body));
    }

    /** Returns a 200 with a version. */
    public StoredResponse ok(long version, Object body) {
        return new StoredResponse(Response.Status.OK.getStatusCode(), null, ETags.of(version), json(body));
    }

    /** Returns a 200. */
    public StoredResponse ok(Object body) {
        return new StoredResponse(Response.Status.OK.getStatusCode(), null, null, json(body));
    }

    private String json(Object body) {
        try {
            return mapper.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The response cannot be written as JSON", e);
        }
    }
}
