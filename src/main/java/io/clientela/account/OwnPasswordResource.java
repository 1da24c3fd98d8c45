package io.clientela.account;

import io.clientela.security.Scopes;
import io.clientela.tenancy.OwnCustomer;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operation by which customers change their password. */
@Path("/v1/customers/me/password")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@OwnCustomer
public class OwnPasswordResource {
    private final OwnPassword password;

    OwnPasswordResource(OwnPassword password) {
        this.password = password;
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.SELF)
    public Uni<Void> changePassword(@Context RoutingContext exchange, byte[] body) {
        return password.change(exchange, body);
    }
}
