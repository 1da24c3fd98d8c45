package io.clientela.dialect.storefront;

import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The operations of the storefront's staff on one customer. */
@Path(StorefrontDialect.BASE_PATH + "/{" + StorefrontCustomerResource.ID + "}")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class StorefrontCustomerResource {
    static final String ID = "customer_id";

    private final StorefrontCustomers customers;
    private final StorefrontBodies bodies;

    StorefrontCustomerResource(StorefrontCustomers customers, StorefrontBodies bodies) {
        this.customers = customers;
        this.bodies = bodies;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<Response> getStorefrontCustomer(@PathParam(ID) String id) {
        return customers.details(StorefrontIds.number(ID, id)).map(found -> Response.ok(found)
                .build());
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> updateStorefrontCustomer(@PathParam(ID) String id, byte[] body) {
        long number = StorefrontIds.number(ID, id);
        return customers
                .update(number, bodies.byStaff(body))
                .map(customer -> Response.ok(StorefrontCustomer.of(customer)).build());
    }
}
