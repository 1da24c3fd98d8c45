package io.clientela.dialect.location;

import io.clientela.customer.CustomerView;
import io.clientela.dialect.BodyFields;
import io.clientela.dialect.DialectBodies;
import io.clientela.dialect.DialectCustomers;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.Cancellable;

/** A business location's operations on one customer. */
@Path(LocationCustomersResource.PATH + "/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class LocationCustomerResource {
    /** The fields that a change may have; others are added for creates and upserts. */
    static final BodyFields FIELDS =
            BodyFields.of("name", "address", "email", "phone", "avatar", "company_name", "tags", "source");

    private final DialectCustomers customers;
    private final DialectBodies bodies;

    LocationCustomerResource(DialectCustomers customers, DialectBodies bodies) {
        this.customers = customers;
        this.bodies = bodies;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<Response> getLocationCustomer(@PathParam("id") UUID id) {
        return customers.get(id).map(customer -> ok("Customer fetched!", customer));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> updateLocationCustomer(@PathParam("id") UUID id, byte[] body) {
        return customers
                .update(id, bodies.change(bodies.parse(body), FIELDS))
                .map(customer -> ok("Customer updated!", customer));
    }

    @DELETE
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> deleteLocationCustomer(@PathParam("id") UUID id) {
        return customers.delete(id).map(done -> Response.ok(LocationAnswer.of("Customer deleted!", (Object) null))
                .build());
    }

    private static Response ok(String message, CustomerView customer) {
        return Response.ok(LocationAnswer.of(message, customer)).build();
    }
}
