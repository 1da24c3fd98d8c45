package io.clientela.identity;

import io.clientela.http.Page;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Likely duplicates over HTTP. */
@Path("/v1/duplicates")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@Tag(name = "Duplicates")
public class DuplicateResource {
    private final DuplicateReader duplicates;
    private final DismissalService dismissals;
    private final JsonBodies bodies;
    private final Idempotency idempotency;

    DuplicateResource(
            DuplicateReader duplicates, DismissalService dismissals, JsonBodies bodies, Idempotency idempotency) {
        this.duplicates = duplicates;
        this.dismissals = dismissals;
        this.bodies = bodies;
        this.idempotency = idempotency;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.READ)
    @Operation(
            summary = "List likely duplicates",
            description = "Pairs of customers who are likely the same, best first, each pair once, with the reasons."
                    + " Customers who are new or changed are compared first, for up to ten seconds; the rest is"
                    + " compared in the background.")
    @Parameter(
            name = DuplicateQuery.MIN_SCORE,
            in = ParameterIn.QUERY,
            description = "The lowest score to list. Pairs below 0.1 are not stored.",
            schema = @Schema(type = SchemaType.NUMBER, minimum = "0", maximum = "1", defaultValue = "0.5"))
    @APIResponse(responseCode = "200", description = "A page of pairs.")
    public Uni<RestResponse<Page<DuplicatePairView>>> listDuplicates(UriInfo uri) {
        return duplicates.pairs(DuplicateQuery.read(uri)).map(page -> PageLinks.answer(uri, page));
    }

    @POST
    @Path("/dismiss")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.MERGE)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.MERGE)
    @Operation(
            summary = "Say that two customers are not the same",
            description = "They are no longer listed as likely duplicates, whatever changes later.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = DismissalInput.class)))
    @APIResponse(responseCode = "204", description = "The dismissal is stored.")
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
