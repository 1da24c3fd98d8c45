package io.clientela.privacy;

import io.clientela.security.Scopes;
import io.clientela.tenancy.Caller;
import io.clientela.tenancy.OwnCustomer;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operation by which customers export what is held about them. */
@Path("/v1/customers/me/data-export")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@OwnCustomer
public class OwnDataExportResource {
    private final DataExport exports;
    private final Caller caller;

    OwnDataExportResource(DataExport exports, Caller caller) {
        this.exports = exports;
        this.caller = caller;
    }

    @GET
    @PermissionsAllowed(Scopes.SELF)
    public Uni<Response> exportOwnData() {
        var id = caller.customer();
        return exports.of(id).map(document -> DataExportFile.of(id, document));
    }
}
