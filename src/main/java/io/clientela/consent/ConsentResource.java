package io.clientela.consent;

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

/** The consents of a customer over HTTP. */
@Path("/v1/customers/{id}/consents")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class ConsentResource {
    private final ConsentReader consents;

    ConsentResource(ConsentReader consents) {
        this.consents = consents;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<RestResponse<Page<ConsentView>>> listConsents(@PathParam("id") UUID id, UriInfo uri) {
        return consents.of(id, pageRequest(uri)).map(page -> PageLinks.answer(uri, page));
    }

    /** Reads the page that a request asks for. */
    static PageRequest pageRequest(UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        var request = PageRequest.read(params);
        request.requireCursor(params, ConsentReader::isCursor);
        params.throwIfInvalid();
        return request;
    }
}
