package io.clientela.dialect.storefront;

import io.clientela.account.OwnPassword;
import io.clientela.privacy.DataExport;
import io.clientela.privacy.DataExportFile;
import io.clientela.privacy.ErasureService;
import io.clientela.security.Scopes;
import io.clientela.tenancy.Caller;
import io.clientela.tenancy.OwnCustomer;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The storefront's operations of customers on their own account. */
@Path(StorefrontOwnResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@OwnCustomer
public class StorefrontAccountResource {
    private final OwnPassword password;
    private final ErasureService erasures;
    private final DataExport exports;
    private final Caller caller;

    StorefrontAccountResource(OwnPassword password, ErasureService erasures, DataExport exports, Caller caller) {
        this.password = password;
        this.erasures = erasures;
        this.exports = exports;
        this.caller = caller;
    }

    @DELETE
    @PermissionsAllowed(Scopes.SELF)
    public Uni<Response> deleteOwnStorefrontCustomer() {
        return erasures.erase(caller.customer()).map(erased -> done());
    }

    @PUT
    @Path("/password")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.SELF)
    public Uni<Response> changeOwnStorefrontPassword(@Context RoutingContext exchange, byte[] body) {
        return password.change(exchange, body).map(changed -> done());
    }

    @GET
    @Path("/data-export")
    @PermissionsAllowed(Scopes.SELF)
    public Uni<Response> exportOwnStorefrontData() {
        var id = caller.customer();
        return exports.of(id).map(document -> DataExportFile.of(id, document));
    }

    private static Response done() {
        return Response.ok(Map.of()).build();
    }
}
