package io.clientela.activity;

import io.clientela.http.Page;
import io.clientela.security.Scopes;
import io.clientela.tenancy.Caller;
import io.clientela.tenancy.OwnCustomer;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operations by which customers read their own orders. */
@Path("/v1/customers/me/orders")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@OwnCustomer
public class OwnOrderResource {
    private final ItemRequests requests;
    private final OrderType orders;
    private final Caller caller;

    OwnOrderResource(ItemRequests requests, OrderType orders, Caller caller) {
        this.requests = requests;
        this.orders = orders;
        this.caller = caller;
    }

    @GET
    @PermissionsAllowed(Scopes.SELF)
    public Uni<RestResponse<Page<OrderView>>> listOwnOrders(UriInfo uri) {
        return requests.list(orders, caller.customer(), uri);
    }

    @GET
    @Path("/{order_id}")
    @PermissionsAllowed(Scopes.SELF)
    public Uni<OrderView> getOwnOrder(@PathParam("order_id") UUID orderId) {
        return requests.get(orders, caller.customer(), orderId);
    }
}
