package io.clientela.transfer.imports;

import io.clientela.http.Page;
import io.clientela.http.PageLinks;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.idempotency.Idempotency;
import io.clientela.idempotency.StoredResponse;
import io.clientela.security.Scopes;
import io.clientela.transfer.FileFormat;
import io.quarkus.arc.All;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operations that list and create imports. */
@Path(ImportUploads.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class ImportCollectionResource {
    private final ImportUploads uploads;
    private final ImportReader reader;
    private final ImportWorker worker;
    private final List<RowType> types;

    ImportCollectionResource(
            ImportUploads uploads, ImportReader reader, ImportWorker worker, @All List<RowType> types) {
        this.uploads = uploads;
        this.reader = reader;
        this.worker = worker;
        this.types = types;
    }

    @POST
    @Consumes({FileFormat.CSV_TYPE, FileFormat.NDJSON_TYPE})
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> createImport(
            @HeaderParam(Idempotency.HEADER) String key,
            UriInfo uri,
            @Context HttpHeaders headers,
            @Context RoutingContext exchange) {
        var params = new QueryParameters(uri.getQueryParameters());
        var request = ImportRequest.read(params, headers.getMediaType(), types);
        return uploads.receive(request, key, exchange).invoke(worker::start).map(StoredResponse::toResponse);
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<RestResponse<Page<ImportView>>> listImports(UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        var request = PageRequest.read(params);
        ImportReader.checkCursor(params, request);
        params.throwIfInvalid();
        return reader.list(request).map(page -> PageLinks.answer(uri, page));
    }
}
