package io.clientela.dialect.voki;

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

/** Voki's operations on one customer. */
@Path(VokiCustomersResource.PATH + "/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class VokiCustomerResource {
    /** The member of bodies that has the customer's fields. */
    static final String MEMBER = "customer";

    static final BodyFields FIELDS =
            BodyFields.of("name", "email", "phone", "document", "notes").requiring("name");

    private final DialectCustomers customers;
    private final DialectBodies bodies;

    VokiCustomerResource(DialectCustomers customers, DialectBodies bodies) {
        this.customers = customers;
        this.bodies = bodies;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<Response> getVokiCustomer(@PathParam("id") UUID id) {
        return customers.get(id).map(VokiCustomerResource::ok);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> updateVokiCustomer(@PathParam("id") UUID id, byte[] body) {
        var change = bodies.change(DialectBodies.only(MEMBER, bodies.parse(body)), FIELDS);
        return customers.update(id, change).map(VokiCustomerResource::ok);
    }

    @DELETE
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Void> deleteVokiCustomer(@PathParam("id") UUID id) {
        return customers.delete(id);
    }

    private static Response ok(CustomerView customer) {
        return Response.ok(new VokiData<>(VokiCustomer.of(customer))).build();
    }
}
