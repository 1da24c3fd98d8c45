package io.clientela.merge;

import io.clientela.idempotency.Idempotency;
import io.clientela.idempotency.Responses;
import io.clientela.idempotency.StoredResponse;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The undo of a merge over HTTP. */
@Path("/v1/merges/{merge_id}/undo")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class UndoResource {
    private final UndoService undos;
    private final Idempotency idempotency;
    private final Responses responses;

    UndoResource(UndoService undos, Idempotency idempotency, Responses responses) {
        this.undos = undos;
        this.idempotency = idempotency;
        this.responses = responses;
    }

    @POST
    @PermissionsAllowed(Scopes.MERGE)
    public Uni<Response> undoMerge(@PathParam("merge_id") UUID id, @HeaderParam(Idempotency.HEADER) String key) {
        return idempotency
                .once(key, "undoMerge " + id, new byte[0], () -> undos.undo(id).map(responses::ok))
                .map(StoredResponse::toResponse);
    }
}
