package io.clientela.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.http.ETags;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;

/** Makes answers that can be given again of what they are about. */
@Singleton
public class Responses {
    private final ObjectMapper mapper;

    Responses(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** 201: it was made, and is found at this path, at this version. */
    public StoredResponse created(String location, long version, Object body) {
        return new StoredResponse(Response.Status.CREATED.getStatusCode(), location, ETags.of(version), json(body));
    }

    /** 201: it was made, and is found at this path. */
    public StoredResponse created(String location, Object body) {
        return new StoredResponse(Response.Status.CREATED.getStatusCode(), location, null, json(body));
    }

    /** 200, at this version. */
    public StoredResponse ok(long version, Object body) {
        return new StoredResponse(Response.Status.OK.getStatusCode(), null, ETags.of(version), json(body));
    }

    /** 200. */
    public StoredResponse ok(Object body) {
        return new StoredResponse(Response.Status.OK.getStatusCode(), null, null, json(body));
    }

    private String json(Object body) {
        try {
            return mapper.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer cannot be written as JSON", e);
        }
    }
}
