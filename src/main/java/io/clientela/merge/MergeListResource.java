package io.clientela.merge;

import io.clientela.http.Page;
import io.clientela.http.PageLinks;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The merges into one customer over HTTP. */
@Path("/v1/customers/{id}/merges")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class MergeListResource {
    private final MergeReader reader;

    MergeListResource(MergeReader reader) {
        this.reader = reader;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<RestResponse<Page<MergeView>>> listMerges(@PathParam("id") UUID id, UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        var request = PageRequest.read(params);
        MergeReader.checkCursor(params, request);
        params.throwIfInvalid();
        return reader.into(id, request).map(page -> PageLinks.answer(uri, page));
    }
}
