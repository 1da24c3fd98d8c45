package io.clientela.webhook;

import io.clientela.http.Page;
import io.clientela.http.PageLinks;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.idempotency.Idempotency;
import io.clientela.idempotency.Responses;
import io.clientela.idempotency.StoredResponse;
import io.clientela.security.Scopes;
import io.clientela.tenancy.Caller;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operations on the deliveries of a webhook. */
@Path(WebhookResource.PATH + "/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class DeliveryResource {
    private static final byte[] NO_BODY = new byte[0];

    private final WebhookService webhooks;
    private final DeliveryReader reader;
    private final DeliveryRequests requests;
    private final DeliveryWorker worker;
    private final Caller caller;
    private final Idempotency idempotency;
    private final Responses responses;

    DeliveryResource(
            WebhookService webhooks,
            DeliveryReader reader,
            DeliveryRequests requests,
            DeliveryWorker worker,
            Caller caller,
            Idempotency idempotency,
            Responses responses) {
        this.webhooks = webhooks;
        this.reader = reader;
        this.requests = requests;
        this.worker = worker;
        this.caller = caller;
        this.idempotency = idempotency;
        this.responses = responses;
    }

    @POST
    @Path("/test")
    @PermissionsAllowed(Scopes.ADMIN)
    public Uni<Response> testWebhook(@PathParam("id") UUID id, @HeaderParam(Idempotency.HEADER) String key) {
        return accepted(id, key, "testWebhook " + id, () -> requests.test(id));
    }

    @GET
    @Path("/deliveries")
    @PermissionsAllowed(Scopes.ADMIN)
    public Uni<RestResponse<Page<DeliveryView>>> listWebhookDeliveries(@PathParam("id") UUID id, UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        var request = PageRequest.read(params);
        var status = params.oneOf("status", DeliveryStatus.class);
        DeliveryReader.checkCursor(params, request);
        params.throwIfInvalid();
        return webhooks.get(id).chain(() -> reader.page(id, status, request)).map(page -> PageLinks.answer(uri, page));
    }

    @GET
    @Path("/deliveries/{delivery_id}")
    @PermissionsAllowed(Scopes.ADMIN)
    public Uni<DeliveryView> getWebhookDelivery(@PathParam("id") UUID id, @PathParam("delivery_id") UUID deliveryId) {
        return webhooks.get(id).chain(() -> reader.get(id, deliveryId));
    }

    @POST
    @Path("/deliveries/{delivery_id}/redeliver")
    @PermissionsAllowed(Scopes.ADMIN)
    public Uni<Response> redeliverWebhookDelivery(
            @PathParam("id") UUID id,
            @PathParam("delivery_id") UUID deliveryId,
            @HeaderParam(Idempotency.HEADER) String key) {
        return accepted(
                id, key, "redeliverWebhookDelivery " + id + " " + deliveryId, () -> requests.redeliver(id, deliveryId));
    }

    private Uni<Response> accepted(UUID id, String key, String operation, Supplier<Uni<DeliveryView>> work) {
        var endpoint = new Endpoint(caller.tenant(), id);
        return idempotency
                .once(key, operation, NO_BODY, () -> work.get()
                        .map(delivery -> responses.accepted(
                                WebhookResource.PATH + "/" + id + "/deliveries/" + delivery.id(), delivery)))
                .invoke(() -> worker.start(endpoint))
                .map(StoredResponse::toResponse);
    }
}
