package io.clientela.transfer;

import io.clientela.http.QueryParameters;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operation that exports a list of customers as a file. */
@Path("/v1/customers/export")
@Produces({FileFormat.CSV_TYPE, FileFormat.NDJSON_TYPE})
@Cancellable(false)
public class ExportResource {
    private final CustomerDownload download;

    ExportResource(CustomerDownload download) {
        this.download = download;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<Response> exportCustomers(UriInfo uri, @Context HttpHeaders headers, @Context RoutingContext exchange) {
        var params = new QueryParameters(uri.getQueryParameters());
        var accepted = FileFormat.accepted(headers.getAcceptableMediaTypes());
        return Uni.createFrom().item(download.of(params, accepted, exchange));
    }
}
