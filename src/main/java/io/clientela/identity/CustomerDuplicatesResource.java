package io.clientela.identity;

import io.clientela.http.PageLinks;
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

/** The likely duplicates of one customer over HTTP. */
@Path("/v1/customers/{id}/duplicates")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class CustomerDuplicatesResource {
    private final DuplicateReader duplicates;

    CustomerDuplicatesResource(DuplicateReader duplicates) {
        this.duplicates = duplicates;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<RestResponse<DuplicatePage<DuplicateView>>> listCustomerDuplicates(
            @PathParam("id") UUID id, UriInfo uri) {
        return duplicates.of(id, DuplicateQuery.read(uri)).map(page -> PageLinks.answer(uri, page.position(), page));
    }
}
