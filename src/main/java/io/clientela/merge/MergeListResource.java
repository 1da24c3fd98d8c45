package io.clientela.merge;

import io.clientela.http.Page;
import io.clientela.http.PageLinks;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.http.json.Ids;
import io.clientela.http.problem.MergedRedirectException;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The merges into one customer over HTTP. */
@Path("/v1/customers/{id}/merges")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@Tag(name = "Merges")
public class MergeListResource {
    private final MergeReader reader;

    MergeListResource(MergeReader reader) {
        this.reader = reader;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.READ)
    @Operation(
            summary = "List the merges into a customer",
            description =
                    "Newest first, including undone merges. Also works for a customer who was merged into another.")
    @APIResponse(responseCode = "200", description = "A page of merges.")
    @APIResponse(responseCode = "307", description = MergedRedirectException.DESCRIPTION)
    public Uni<RestResponse<Page<MergeView>>> listMerges(@PathParam("id") String id, UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        var request = PageRequest.read(params);
        MergeReader.checkCursor(params, request);
        params.throwIfInvalid();
        return reader.into(Ids.inPath(id), request).map(page -> PageLinks.answer(uri, page));
    }
}
