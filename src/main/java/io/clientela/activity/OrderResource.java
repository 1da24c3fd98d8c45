package io.clientela.activity;

import io.clientela.http.Page;
import io.clientela.http.json.MergePatch;
import io.clientela.http.problem.MergedRedirectException;
import io.clientela.idempotency.Idempotency;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operations on a customer's orders. */
@Path("/v1/customers/{id}/orders")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@Tag(name = "Orders")
public class OrderResource {
    private final ItemRequests requests;
    private final OrderType orders;

    OrderResource(ItemRequests requests, OrderType orders) {
        this.requests = requests;
        this.orders = orders;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.READ)
    @Operation(summary = "List a customer's orders", description = "Newest first.")
    @APIResponse(responseCode = "200", description = "A page of orders.")
    @APIResponse(responseCode = "307", description = MergedRedirectException.DESCRIPTION)
    public Uni<RestResponse<Page<OrderView>>> listOrders(@PathParam("id") String id, UriInfo uri) {
        return requests.list(orders, id, uri);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(
            summary = "Add an order",
            description =
                    "If the customer has an order with this `external_id`, nothing is added and the response is that order"
                            + " (200). If another customer has one, the request is refused (409).")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = OrderInput.class)))
    @APIResponse(
            responseCode = "201",
            description = "The new order.",
            headers = @Header(name = "Location", description = "The path", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = OrderView.class)))
    @APIResponse(
            responseCode = "200",
            description = "The existing order with this external id.",
            content = @Content(schema = @Schema(implementation = OrderView.class)))
    public Uni<Response> addOrder(
            @PathParam("id") String id,
            @Parameter(description = "Up to 255 printable characters, quoted or bare.") @HeaderParam(Idempotency.HEADER)
                    String key,
            byte[] body) {
        return requests.add(orders, id, key, body);
    }

    @GET
    @Path("/{order_id}")
    @PermissionsAllowed(Scopes.READ)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.READ)
    @Operation(summary = "Get an order")
    @APIResponse(responseCode = "200", description = "The order.")
    @APIResponse(responseCode = "307", description = MergedRedirectException.DESCRIPTION)
    public Uni<OrderView> getOrder(@PathParam("id") String id, @PathParam("order_id") String orderId) {
        return requests.get(orders, id, orderId);
    }

    @PATCH
    @Path("/{order_id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @PermissionsAllowed(Scopes.WRITE)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(
            summary = "Change an order",
            description = "JSON Merge Patch (RFC 7396): absent fields stay unchanged, null clears a field.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = OrderInput.class)))
    public Uni<OrderView> patchOrder(@PathParam("id") String id, @PathParam("order_id") String orderId, byte[] body) {
        return requests.update(orders, id, orderId, body);
    }

    @PUT
    @Path("/{order_id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(summary = "Change an order (as PATCH does)")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = OrderInput.class)))
    public Uni<OrderView> putOrder(@PathParam("id") String id, @PathParam("order_id") String orderId, byte[] body) {
        return requests.update(orders, id, orderId, body);
    }

    @DELETE
    @Path("/{order_id}")
    @PermissionsAllowed(Scopes.WRITE)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(summary = "Remove an order")
    public Uni<Void> removeOrder(@PathParam("id") String id, @PathParam("order_id") String orderId) {
        return requests.remove(orders, id, orderId);
    }
}
