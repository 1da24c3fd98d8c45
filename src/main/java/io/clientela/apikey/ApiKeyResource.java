package io.clientela.apikey;

import io.clientela.http.Page;
import io.clientela.http.PageLinks;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.http.json.JsonBodies;
import io.clientela.idempotency.Idempotency;
import io.clientela.idempotency.Responses;
import io.clientela.idempotency.SecretResponses;
import io.clientela.idempotency.StoredResponse;
import io.clientela.security.RotationInput;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operations on API keys. */
@Path("/v1/api-keys")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class ApiKeyResource {
    private static final String PATH = "/v1/api-keys/";

    private final ApiKeyService keys;
    private final ApiKeyVerifier verifier;
    private final SecretResponses once;
    private final JsonBodies bodies;
    private final Responses responses;

    ApiKeyResource(
            ApiKeyService keys, ApiKeyVerifier verifier, SecretResponses once, JsonBodies bodies, Responses responses) {
        this.keys = keys;
        this.verifier = verifier;
        this.once = once;
        this.bodies = bodies;
        this.responses = responses;
    }

    @GET
    @PermissionsAllowed(Scopes.ADMIN)
    public Uni<RestResponse<Page<ApiKeyView>>> listApiKeys(UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        var request = PageRequest.read(params);
        ApiKeyRecords.checkCursor(params, request);
        params.throwIfInvalid();
        return keys.list(request).map(page -> PageLinks.answer(uri, page));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.ADMIN)
    public Uni<Response> createApiKey(@HeaderParam(Idempotency.HEADER) String key, HttpHeaders headers, byte[] body) {
        var input =
                bodies.read(body, ApiKeyInput.class, ApiKeyInput::violations).value();
        return once.once(key, request(headers, "createApiKey", body), () -> keys.create(input)
                        .map(created -> responses.created(PATH + created.id(), created)))
                .map(StoredResponse::toResponse);
    }

    @GET
    @Path("/history")
    @PermissionsAllowed(Scopes.ADMIN)
    public Uni<RestResponse<Page<ApiKeyEventView>>> listApiKeyEvents(UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        var request = PageRequest.read(params);
        var keyId = params.id("key_id");
        ApiKeyEvents.checkCursor(params, request);
        params.throwIfInvalid();
        return keys.history(keyId, request).map(page -> PageLinks.answer(uri, page));
    }

    @GET
    @Path("/{id}")
    @PermissionsAllowed(Scopes.ADMIN)
    public Uni<ApiKeyView> getApiKey(@PathParam("id") UUID id) {
        return keys.get(id);
    }

    @POST
    @Path("/{id}/rotate")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.ADMIN)
    public Uni<Response> rotateApiKey(
            @PathParam("id") UUID id, @HeaderParam(Idempotency.HEADER) String key, HttpHeaders headers, byte[] body) {
        var choices = RotationInput.bodyOrDefault(body);
        var input = bodies.read(choices, RotationInput.class, RotationInput::violations)
                .value();
        return once.once(key, request(headers, "rotateApiKey " + id, choices), () -> keys.rotate(id, input)
                        .map(responses::ok))
                .onTermination()
                .invoke(() -> verifier.forget(id))
                .map(StoredResponse::toResponse);
    }

    @DELETE
    @Path("/{id}")
    @PermissionsAllowed(Scopes.ADMIN)
    public Uni<Void> revokeApiKey(@PathParam("id") UUID id) {
        return keys.revoke(id).onTermination().invoke(() -> verifier.forget(id));
    }

    private static SecretResponses.Request request(HttpHeaders headers, String operation, byte[] body) {
        return new SecretResponses.Request(headers, operation, body, "key");
    }
}
