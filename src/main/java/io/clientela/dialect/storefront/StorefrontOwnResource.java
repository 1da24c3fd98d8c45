package io.clientela.dialect.storefront;

import io.clientela.customer.CustomerService;
import io.clientela.customer.CustomerView;
import io.clientela.security.Scopes;
import io.clientela.tenancy.Caller;
import io.clientela.tenancy.OwnCustomer;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The storefront's operations of customers on their own profile. */
@Path(StorefrontOwnResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@OwnCustomer
public class StorefrontOwnResource {
    static final String PATH = StorefrontDialect.BASE_PATH + "/me";

    private final CustomerService customers;
    private final StorefrontBodies bodies;
    private final Caller caller;

    StorefrontOwnResource(CustomerService customers, StorefrontBodies bodies, Caller caller) {
        this.customers = customers;
        this.bodies = bodies;
        this.caller = caller;
    }

    @GET
    @PermissionsAllowed(Scopes.SELF)
    public Uni<Response> getOwnStorefrontCustomer() {
        return customers.get(caller.customer()).map(StorefrontOwnResource::profile);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.SELF)
    public Uni<Response> updateOwnStorefrontCustomer(byte[] body) {
        return customers.update(caller.customer(), null, bodies.own(body)).map(StorefrontOwnResource::profile);
    }

    @GET
    @Path("/preferences")
    @PermissionsAllowed(Scopes.SELF)
    public Uni<Response> getOwnStorefrontPreferences() {
        return customers.get(caller.customer()).map(StorefrontOwnResource::preferences);
    }

    @PUT
    @Path("/preferences")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.SELF)
    public Uni<Response> updateOwnStorefrontPreferences(byte[] body) {
        return customers
                .update(caller.customer(), null, bodies.preferences(body))
                .map(StorefrontOwnResource::preferences);
    }

    private static Response profile(CustomerView customer) {
        return Response.ok(StorefrontCustomer.of(customer)).build();
    }

    private static Response preferences(CustomerView customer) {
        return Response.ok(StorefrontPreferences.of(customer.fields().preferences()))
                .build();
    }
}
