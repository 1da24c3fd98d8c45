package io.clientela.transfer.imports;

import io.clientela.http.AcceptedTypes;
import io.clientela.http.PageLinks;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.http.StreamedBody;
import io.clientela.security.Scopes;
import io.clientela.transfer.FileFormat;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operations on one import: its progress, also as it goes on, and the rows that were refused. */
@Path(ImportUploads.PATH + "/{id}")
@Cancellable(false)
public class ImportResource {
    private final ImportJobs jobs;
    private final ImportReader reader;
    private final ImportRefusals refusals;
    private final ImportProgress progress;

    ImportResource(ImportJobs jobs, ImportReader reader, ImportRefusals refusals, ImportProgress progress) {
        this.jobs = jobs;
        this.reader = reader;
        this.refusals = refusals;
        this.progress = progress;
    }

    /** Answers with the progress as it goes on if the client prefers server-sent events. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS})
    @PermissionsAllowed(Scopes.READ)
    public Uni<Response> getImport(@PathParam("id") UUID id, @Context HttpHeaders headers) {
        return AcceptedTypes.prefers(MediaType.SERVER_SENT_EVENTS_TYPE, headers)
                ? Uni.createFrom()
                        .item(Response.ok(new StreamedBody(progress.of(id)), MediaType.SERVER_SENT_EVENTS_TYPE)
                                .build())
                : reader.get(id).map(job -> Response.ok(job, MediaType.APPLICATION_JSON_TYPE)
                        .build());
    }

    @DELETE
    @Produces(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Void> cancelImport(@PathParam("id") UUID id) {
        return jobs.cancel(id);
    }

    @GET
    @Path("/errors")
    @Produces({MediaType.APPLICATION_JSON, FileFormat.CSV_TYPE})
    @PermissionsAllowed(Scopes.READ)
    public Uni<Response> listImportErrors(@PathParam("id") UUID id, UriInfo uri, @Context HttpHeaders headers) {
        if (AcceptedTypes.prefers(MediaType.valueOf(FileFormat.CSV_TYPE), headers)) {
            return reader.get(id)
                    .map(job -> file(refusals.errorsAsCsv(id), FileFormat.CSV.contentType(), "errors-" + id + ".csv"));
        }
        var params = new QueryParameters(uri.getQueryParameters());
        var request = PageRequest.read(params);
        ImportRefusals.checkCursor(params, request);
        params.throwIfInvalid();
        return reader.get(id).chain(() -> refusals.errors(id, request)).map(page -> PageLinks.answer(uri, page)
                .toResponse());
    }

    @GET
    @Path("/rejected")
    @Produces({FileFormat.CSV_TYPE, FileFormat.NDJSON_TYPE})
    @PermissionsAllowed(Scopes.READ)
    public Uni<Response> exportRejectedRows(@PathParam("id") UUID id) {
        return reader.file(id)
                .map(file -> file(refusals.rows(id), file.contentType(), "rejected-" + id + "." + file.format()));
    }

    private static Response file(Multi<byte[]> pieces, String contentType, String name) {
        return Response.ok(new StreamedBody(pieces))
                .type(contentType)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .build();
    }
}
