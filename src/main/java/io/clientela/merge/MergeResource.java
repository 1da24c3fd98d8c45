package io.clientela.merge;

import io.clientela.http.QueryParameters;
import io.clientela.http.json.JsonBodies;
import io.clientela.idempotency.Idempotency;
import io.clientela.idempotency.Responses;
import io.clientela.idempotency.StoredResponse;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Merges over HTTP, and their preview. */
@Path("/v1/customers/merge")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class MergeResource {
    private final MergeService merges;
    private final MergeReader reader;
    private final JsonBodies bodies;
    private final Idempotency idempotency;
    private final Responses responses;

    MergeResource(
            MergeService merges, MergeReader reader, JsonBodies bodies, Idempotency idempotency, Responses responses) {
        this.merges = merges;
        this.reader = reader;
        this.bodies = bodies;
        this.idempotency = idempotency;
        this.responses = responses;
    }

    /**
     * A preview changes nothing, so that it can be repeated without a stored response. One would hold values of the
     * sources, whose ids it need not name, and so survive their erasure.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.MERGE)
    public Uni<Response> mergeCustomers(@HeaderParam(Idempotency.HEADER) String key, UriInfo uri, byte[] body) {
        var params = new QueryParameters(uri.getQueryParameters());
        boolean dryRun = params.flag("dry_run");
        params.throwIfInvalid();
        var input = bodies.read(body, MergeInput.class, MergeInput::errors).value();
        return dryRun
                ? reader.preview(input).map(responses::ok).map(StoredResponse::toResponse)
                : idempotency
                        .once(key, "mergeCustomers false", body, () -> merges.merge(input)
                                .map(result -> responses.ok(result.customer().version(), result)))
                        .map(StoredResponse::toResponse);
    }
}
