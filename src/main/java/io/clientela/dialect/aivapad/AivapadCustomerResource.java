package io.clientela.dialect.aivapad;

import io.clientela.customer.CustomerView;
import io.clientela.customer.StatusInput;
import io.clientela.dialect.BodyFields;
import io.clientela.dialect.DialectBodies;
import io.clientela.dialect.DialectCustomers;
import io.clientela.http.json.JsonBodies;
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
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Aivapad's operations on one customer. */
@Path(AivapadCustomersResource.PATH + "/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class AivapadCustomerResource {
    static final BodyFields FIELDS = BodyFields.of("name", "email", "phone", "status", "type", "value", "notes")
            .with("firstName", "first_name")
            .with("lastName", "last_name")
            .with("autoPayment", "auto_payment")
            .requiring("name", "email")
            .keeping("_id", "id", "createdAt", "updatedAt");

    private final DialectCustomers customers;
    private final DialectBodies bodies;
    private final JsonBodies jsonBodies;

    AivapadCustomerResource(DialectCustomers customers, DialectBodies bodies, JsonBodies jsonBodies) {
        this.customers = customers;
        this.bodies = bodies;
        this.jsonBodies = jsonBodies;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<Response> getAivapadCustomer(@PathParam("id") UUID id) {
        return customers.get(id).map(AivapadCustomerResource::ok);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> updateAivapadCustomer(@PathParam("id") UUID id, byte[] body) {
        return customers.update(id, bodies.change(bodies.parse(body), FIELDS)).map(AivapadCustomerResource::ok);
    }

    @PUT
    @Path("/status")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> setAivapadCustomerStatus(@PathParam("id") UUID id, byte[] body) {
        var input =
                jsonBodies.read(body, StatusInput.class, status -> List.of()).value();
        return customers.setStatus(id, input.status()).map(AivapadCustomerResource::ok);
    }

    @DELETE
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> deleteAivapadCustomer(@PathParam("id") UUID id) {
        return customers.delete(id).map(done -> Response.ok(new AivapadDeleted(true))
                .build());
    }

    private static Response ok(CustomerView customer) {
        return Response.ok(AivapadCustomer.of(customer)).build();
    }
}
