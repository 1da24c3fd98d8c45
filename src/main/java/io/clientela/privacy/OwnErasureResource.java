package io.clientela.privacy;

import io.clientela.security.Scopes;
import io.clientela.tenancy.Caller;
import io.clientela.tenancy.OwnCustomer;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operation by which customers erase their own data. */
@Path("/v1/customers/me")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@OwnCustomer
public class OwnErasureResource {
    private final ErasureService erasures;
    private final Caller caller;

    OwnErasureResource(ErasureService erasures, Caller caller) {
        this.erasures = erasures;
        this.caller = caller;
    }

    @DELETE
    @PermissionsAllowed(Scopes.SELF)
    public Uni<Void> deleteOwnCustomer() {
        return erasures.erase(caller.customer()).replaceWithVoid();
    }
}
