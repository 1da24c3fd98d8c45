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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Merges over HTTP, and their preview. */
@Path("/v1/customers/merge")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@Tag(name = "Merges")
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

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.MERGE)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.MERGE)
    @Operation(
            summary = "Merge customers into another one",
            description = "The target's own values win, blanks are filled from the sources in their order, and `prefer`"
                    + " overrides per field. Tags, clusters and attributes are merged; the strictest status and"
                    + " consents win; addresses, calls and orders move. The sources stop being customers: reading one"
                    + " leads to the target (307), writing to one is refused (409 `merged`). Until it is undone.")
    @Parameter(
            name = "dry_run",
            in = ParameterIn.QUERY,
            description = "Only previews the merge.",
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = MergeInput.class),
                            examples =
                                    @ExampleObject(
                                            name = "One into another, with the source's e-mail",
                                            value =
                                                    "{\"target_id\":\"0199c1d0-7f3a-7b52-9d55-0f6d3c1f2a10\",\"source_ids\":[\"0199c1d0-7f3a-7b52-9d55-0f6d3c1f2a11\"],\"prefer\":{\"email\":\"0199c1d0-7f3a-7b52-9d55-0f6d3c1f2a11\"}}")))
    @APIResponse(
            responseCode = "200",
            description = "The target as they are now; with `dry_run`, what the merge would do.",
            content = @Content(schema = @Schema(oneOf = {MergeResult.class, MergePreview.class})))
    public Uni<Response> mergeCustomers(@HeaderParam(Idempotency.HEADER) String key, UriInfo uri, byte[] body) {
        var params = new QueryParameters(uri.getQueryParameters());
        boolean dryRun = params.flag("dry_run");
        params.throwIfInvalid();
        var input = bodies.read(body, MergeInput.class, MergeInput::errors).value();
        return idempotency
                .once(
                        key,
                        "mergeCustomers " + dryRun,
                        body,
                        () -> dryRun
                                ? reader.preview(input).map(responses::ok)
                                : merges.merge(input)
                                        .map(result ->
                                                responses.ok(result.customer().version(), result)))
                .map(StoredResponse::toResponse);
    }
}
