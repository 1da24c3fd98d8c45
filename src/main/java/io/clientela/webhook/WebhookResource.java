package io.clientela.webhook;

import io.clientela.http.ETags;
import io.clientela.http.Page;
import io.clientela.http.PageLinks;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.http.json.JsonBodies;
import io.clientela.http.json.MergePatch;
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
import jakarta.ws.rs.PATCH;
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

/** The HTTP operations on webhooks. */
@Path(WebhookResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class WebhookResource {
    static final String PATH = "/v1/webhooks";

    private final WebhookService webhooks;
    private final WebhookRules rules;
    private final SecretResponses once;
    private final JsonBodies bodies;
    private final Responses responses;

    WebhookResource(
            WebhookService webhooks, WebhookRules rules, SecretResponses once, JsonBodies bodies, Responses responses) {
        this.webhooks = webhooks;
        this.rules = rules;
        this.once = once;
        this.bodies = bodies;
        this.responses = responses;
    }

    @GET
    @PermissionsAllowed(Scopes.ADMIN)
    public Uni<RestResponse<Page<WebhookView>>> listWebhooks(UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        var request = PageRequest.read(params);
        WebhookRecords.checkCursor(params, request);
        params.throwIfInvalid();
        return webhooks.list(request).map(page -> PageLinks.answer(uri, page));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.ADMIN)
    public Uni<Response> createWebhook(@HeaderParam(Idempotency.HEADER) String key, HttpHeaders headers, byte[] body) {
        var input = bodies.read(body, WebhookInput.class, rules::violations).value();
        return once.once(key, request(headers, "createWebhook", body), () -> webhooks.create(input)
                        .map(created -> responses.created(PATH + "/" + created.id(), created.version(), created)))
                .map(StoredResponse::toResponse);
    }

    @GET
    @Path("/{id}")
    @PermissionsAllowed(Scopes.ADMIN)
    public Uni<RestResponse<WebhookView>> getWebhook(@PathParam("id") UUID id) {
        return webhooks.get(id).map(WebhookResource::withETag);
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @PermissionsAllowed(Scopes.ADMIN)
    public Uni<RestResponse<WebhookView>> patchWebhook(
            @PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, byte[] body) {
        var patch =
                bodies.read(body, WebhookInput.class, rules::violationsOfPatch).json();
        return webhooks.update(id, ifMatch, patch).map(WebhookResource::withETag);
    }

    @DELETE
    @Path("/{id}")
    @PermissionsAllowed(Scopes.ADMIN)
    public Uni<Void> deleteWebhook(@PathParam("id") UUID id) {
        return webhooks.delete(id);
    }

    @POST
    @Path("/{id}/rotate-secret")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.ADMIN)
    public Uni<Response> rotateWebhookSecret(
            @PathParam("id") UUID id, @HeaderParam(Idempotency.HEADER) String key, HttpHeaders headers, byte[] body) {
        var choices = RotationInput.bodyOrDefault(body);
        var input = bodies.read(choices, RotationInput.class, RotationInput::violations)
                .value();
        return once.once(key, request(headers, "rotateWebhookSecret " + id, choices), () -> webhooks.rotateSecret(
                                id, input)
                        .map(rotated -> responses.ok(rotated.version(), rotated)))
                .map(StoredResponse::toResponse);
    }

    private static RestResponse<WebhookView> withETag(WebhookView webhook) {
        return RestResponse.ResponseBuilder.ok(webhook)
                .header(HttpHeaders.ETAG, ETags.of(webhook.version()))
                .build();
    }

    private static SecretResponses.Request request(HttpHeaders headers, String operation, byte[] body) {
        return new SecretResponses.Request(headers, operation, body, "secret");
    }
}
