package io.clientela.dialect.storefront;

import io.clientela.customer.RoleInput;
import io.clientela.http.json.JsonBodies;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The storefront's operation that sets the role of a customer. */
@Path(StorefrontDialect.BASE_PATH + "/{" + StorefrontRoleResource.ID + "}/role")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class StorefrontRoleResource {
    static final String ID = "user_id";

    private final StorefrontCustomers customers;
    private final JsonBodies bodies;

    StorefrontRoleResource(StorefrontCustomers customers, JsonBodies bodies) {
        this.customers = customers;
        this.bodies = bodies;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.ADMIN)
    public Uni<Response> setStorefrontRole(@PathParam(ID) String id, byte[] body) {
        long number = StorefrontIds.number(ID, id);
        var input = bodies.read(body, RoleInput.class, role -> List.of()).value();
        return customers.setRole(number, input.role()).map(customer -> Response.ok(StorefrontRole.of(customer))
                .build());
    }
}
