package io.clientela.dialect.storefront;

import io.clientela.security.Scopes;
import io.clientela.transfer.CustomerDownload;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.Cancellable;

/**
 * The storefront's operation that exports customers. Its documentation shows JSON, but calls it an export of CSV: so it
 * is, whatever the client accepts.
 */
@Path(StorefrontDialect.BASE_PATH + "/export")
@Produces(MediaType.WILDCARD)
@Cancellable(false)
public class StorefrontExportResource {
    private final CustomerDownload download;

    StorefrontExportResource(CustomerDownload download) {
        this.download = download;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<Response> exportStorefrontCustomers(@Context RoutingContext exchange) {
        return Uni.createFrom().item(download.csv(exchange));
    }
}
