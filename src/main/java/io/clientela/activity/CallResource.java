package io.clientela.activity;

import io.clientela.http.Page;
import io.clientela.http.json.MergePatch;
import io.clientela.http.problem.MergedRedirectException;
import io.clientela.idempotency.Idempotency;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operations on a customer's calls. */
@Path("/v1/customers/{id}/calls")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@Tag(name = "Calls")
public class CallResource {
    private final ItemRequests requests;
    private final CallType calls;

    CallResource(ItemRequests requests, CallType calls) {
        this.requests = requests;
        this.calls = calls;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.READ)
    @Operation(summary = "List a customer's calls", description = "Newest first.")
    @APIResponse(responseCode = "200", description = "A page of calls.")
    @APIResponse(responseCode = "307", description = MergedRedirectException.DESCRIPTION)
    public Uni<RestResponse<Page<CallView>>> listCalls(@PathParam("id") String id, UriInfo uri) {
        return requests.list(calls, id, uri);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(
            summary = "Add a call",
            description =
                    "If the customer has a call with this `external_id`, nothing is added and the response is that call"
                            + " (200). If another customer has one, the request is refused (409).")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = CallInput.class)))
    @APIResponse(
            responseCode = "201",
            description = "The new call.",
            headers = @Header(name = "Location", description = "The path", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = CallView.class)))
    @APIResponse(
            responseCode = "200",
            description = "The existing call with this external id.",
            content = @Content(schema = @Schema(implementation = CallView.class)))
    public Uni<Response> addCall(
            @PathParam("id") String id,
            @Parameter(description = "Up to 255 printable characters, quoted or bare.") @HeaderParam(Idempotency.HEADER)
                    String key,
            byte[] body) {
        return requests.add(calls, id, key, body);
    }

    @GET
    @Path("/{call_id}")
    @PermissionsAllowed(Scopes.READ)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.READ)
    @Operation(summary = "Get a call")
    @APIResponse(responseCode = "200", description = "The call.")
    @APIResponse(responseCode = "307", description = MergedRedirectException.DESCRIPTION)
    public Uni<CallView> getCall(@PathParam("id") String id, @PathParam("call_id") String callId) {
        return requests.get(calls, id, callId);
    }

    @PATCH
    @Path("/{call_id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @PermissionsAllowed(Scopes.WRITE)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(
            summary = "Change a call",
            description = "JSON Merge Patch (RFC 7396): absent fields stay unchanged, null clears a field.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = CallInput.class)))
    public Uni<CallView> patchCall(@PathParam("id") String id, @PathParam("call_id") String callId, byte[] body) {
        return requests.update(calls, id, callId, body);
    }

    @PUT
    @Path("/{call_id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(summary = "Change a call (as PATCH does)")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = CallInput.class)))
    public Uni<CallView> putCall(@PathParam("id") String id, @PathParam("call_id") String callId, byte[] body) {
        return requests.update(calls, id, callId, body);
    }

    @DELETE
    @Path("/{call_id}")
    @PermissionsAllowed(Scopes.WRITE)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(summary = "Remove a call")
    public Uni<Void> removeCall(@PathParam("id") String id, @PathParam("call_id") String callId) {
        return requests.remove(calls, id, callId);
    }
}
