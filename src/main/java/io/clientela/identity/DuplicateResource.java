package io.clientela.identity;

import io.clientela.http.PageLinks;
import io.clientela.http.json.JsonBodies;
import io.clientela.idempotency.Idempotency;
import io.clientela.idempotency.StoredResponse;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Likely duplicates over HTTP. */
@Path("/v1/duplicates")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class DuplicateResource {
    private final DuplicateReader duplicates;
    private final DuplicateGroupReader groups;
    private final DismissalService dismissals;
    private final JsonBodies bodies;
    private final Idempotency idempotency;

    DuplicateResource(
            DuplicateReader duplicates,
            DuplicateGroupReader groups,
            DismissalService dismissals,
            JsonBodies bodies,
            Idempotency idempotency) {
        this.duplicates = duplicates;
        this.groups = groups;
        this.dismissals = dismissals;
        this.bodies = bodies;
        this.idempotency = idempotency;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<RestResponse<DuplicatePage<DuplicatePairView>>> listDuplicates(UriInfo uri) {
        return duplicates.pairs(DuplicateQuery.read(uri)).map(page -> PageLinks.answer(uri, page.position(), page));
    }

    @GET
    @Path("/groups")
    @PermissionsAllowed(Scopes.READ)
    public Uni<RestResponse<DuplicatePage<DuplicateGroupView>>> listDuplicateGroups(UriInfo uri) {
        return groups.groups(DuplicateQuery.readOfGroups(uri))
                .map(page -> PageLinks.answer(uri, page.position(), page));
    }

    @POST
    @Path("/dismiss")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.MERGE)
    public Uni<Response> dismissDuplicate(@HeaderParam(Idempotency.HEADER) String key, byte[] body) {
        var pair = bodies.read(body, DismissalInput.class, DismissalInput::errors)
                .value()
                .customerIds();
        return idempotency
                .once(key, "dismissDuplicate", body, () -> dismissals
                        .dismiss(pair)
                        .map(ignored -> StoredResponse.noContent()))
                .map(StoredResponse::toResponse);
    }
}
