package io.clientela.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.function.Supplier;

/**
 * Responses that show a secret once. With an {@code Idempotency-Key} they are stored like others, but with the secret
 * sealed ({@link SealedSecret}); a replay shows it to who sends the token of the first request.
 */
@Singleton
public class SecretResponses {
    private final Idempotency idempotency;
    private final ObjectMapper mapper;

    SecretResponses(Idempotency idempotency, ObjectMapper mapper) {
        this.idempotency = idempotency;
        this.mapper = mapper;
    }

    /**
     * A request whose response shows a secret.
     *
     * @param headers the request's headers, of which one has the token
     * @param operation the operation's name, with the id of its resource
     * @param body the request's body
     * @param member the member of the response that shows the secret
     */
    public record Request(HttpHeaders headers, String operation, byte[] body, String member) {
        private String token() {
            return headers.getHeaderString(HttpHeaders.AUTHORIZATION).strip();
        }
    }

    /**
     * Executes the request once.
     *
     * @param key the {@code Idempotency-Key} header, or null
     * @param work returns the response with the secret as it is
     */
    public Uni<StoredResponse> once(String key, Request request, Supplier<Uni<StoredResponse>> work) {
        return idempotency
                .once(key, request.operation(), request.body(), () -> work.get()
                        .map(response -> sealed(response, request)))
                .map(response -> opened(response, request));
    }

    private StoredResponse sealed(StoredResponse response, Request request) {
        var json = json(response);
        var secret = json.path(request.member()).asText();
        json.put(request.member(), SealedSecret.seal(secret, request.token()));
        return with(json, response);
    }

    private StoredResponse opened(StoredResponse response, Request request) {
        var json = json(response);
        SealedSecret.open(json.path(request.member()).asText(), request.token())
                .ifPresentOrElse(shown -> json.put(request.member(), shown), () -> json.remove(request.member()));
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
