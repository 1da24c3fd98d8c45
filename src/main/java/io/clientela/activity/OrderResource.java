package io.clientela.activity;

import io.clientela.http.Page;
import io.clientela.http.json.MergePatch;
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
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operations on a customer's orders. */
@Path("/v1/customers/{id}/orders")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class OrderResource {
    private final ItemRequests requests;
    private final OrderType orders;

    OrderResource(ItemRequests requests, OrderType orders) {
        this.requests = requests;
        this.orders = orders;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<RestResponse<Page<OrderView>>> listOrders(@PathParam("id") UUID id, UriInfo uri) {
        return requests.list(orders, id, uri);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> addOrder(@PathParam("id") UUID id, @HeaderParam(Idempotency.HEADER) String key, byte[] body) {
        return requests.add(orders, id, key, body);
    }

    @GET
    @Path("/{order_id}")
    @PermissionsAllowed(Scopes.READ)
    public Uni<OrderView> getOrder(@PathParam("id") UUID id, @PathParam("order_id") UUID orderId) {
        return requests.get(orders, id, orderId);
    }

    @PATCH
    @Path("/{order_id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<OrderView> patchOrder(@PathParam("id") UUID id, @PathParam("order_id") UUID orderId, byte[] body) {
        return requests.update(orders, id, orderId, body);
    }

    @PUT
    @Path("/{order_id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<OrderView> putOrder(@PathParam("id") UUID id, @PathParam("order_id") UUID orderId, byte[] body) {
        return requests.update(orders, id, orderId, body);
    }

    @DELETE
    @Path("/{order_id}")
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Void> removeOrder(@PathParam("id") UUID id, @PathParam("order_id") UUID orderId) {
        return requests.remove(orders, id, orderId);
    }
}
