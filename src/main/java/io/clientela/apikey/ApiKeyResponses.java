package io.clientela.apikey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.idempotency.Idempotency;
import io.clientela.idempotency.StoredResponse;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.function.Supplier;

/**
 * Responses that show a key once. With an {@code Idempotency-Key} they are stored like others, but with the key sealed
 * ({@link SealedKey}); a replay shows it to who sends the token of the first request.
 */
@Singleton
class ApiKeyResponses {
    private static final String KEY = "key";

    private final Idempotency idempotency;
    private final ObjectMapper mapper;

    ApiKeyResponses(Idempotency idempotency, ObjectMapper mapper) {
        this.idempotency = idempotency;
        this.mapper = mapper;
    }

    /**
     * Executes the request once.
     *
     * @param key the {@code Idempotency-Key} header, or null
     * @param operation the operation's name, with the id of its resource
     * @param work returns the response with the key as it is
     */
    Uni<StoredResponse> once(
            String key, HttpHeaders headers, String operation, byte[] body, Supplier<Uni<StoredResponse>> work) {
        var token = headers.getHeaderString(HttpHeaders.AUTHORIZATION).strip();
        return idempotency
                .once(key, operation, body, () -> work.get().map(response -> sealed(response, token)))
                .map(response -> opened(response, token));
    }

    private StoredResponse sealed(StoredResponse response, String token) {
        var json = json(response);
        json.put(KEY, SealedKey.seal(json.path(KEY).asText(), token));
        return with(json, response);
    }

    private StoredResponse opened(StoredResponse response, String token) {
        var json = json(response);
        SealedKey.open(json.path(KEY).asText(), token)
                .ifPresentOrElse(shown -> json.put(KEY, shown), () -> json.remove(KEY));
        return with(json, response);
    }

    private static StoredResponse with(ObjectNode json, StoredResponse response) {
        return new StoredResponse(
                response.status(), response.location(), response.etag(), json.toString(), response.replayed());
    }

    private ObjectNode json(StoredResponse response) {
        try {
            return (ObjectNode) mapper.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored response is not JSON", e);
        }
    }
}
