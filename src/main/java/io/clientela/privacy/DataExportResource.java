package io.clientela.privacy;

import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operation that exports what is held about a customer. */
@Path("/v1/customers/{id}/data-export")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class DataExportResource {
    private final DataExport exports;

    DataExportResource(DataExport exports) {
        this.exports = exports;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<Response> exportCustomerData(@PathParam("id") UUID id) {
        return exports.of(id).map(document -> DataExportFile.of(id, document));
    }
}
