package io.clientela.activity;

import io.clientela.http.Page;
import io.clientela.http.json.MergePatch;
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
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operations on a customer's calls. */
@Path("/v1/customers/{id}/calls")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class CallResource {
    private final ItemRequests requests;
    private final CallType calls;

    CallResource(ItemRequests requests, CallType calls) {
        this.requests = requests;
        this.calls = calls;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<RestResponse<Page<CallView>>> listCalls(@PathParam("id") UUID id, UriInfo uri) {
        return requests.list(calls, id, uri);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> addCall(@PathParam("id") UUID id, @HeaderParam(Idempotency.HEADER) String key, byte[] body) {
        return requests.add(calls, id, key, body);
    }

    @GET
    @Path("/{call_id}")
    @PermissionsAllowed(Scopes.READ)
    public Uni<CallView> getCall(@PathParam("id") UUID id, @PathParam("call_id") UUID callId) {
        return requests.get(calls, id, callId);
    }

    @PATCH
    @Path("/{call_id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<CallView> patchCall(@PathParam("id") UUID id, @PathParam("call_id") UUID callId, byte[] body) {
        return requests.update(calls, id, callId, body);
    }

    @PUT
    @Path("/{call_id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<CallView> putCall(@PathParam("id") UUID id, @PathParam("call_id") UUID callId, byte[] body) {
        return requests.update(calls, id, callId, body);
    }

    @DELETE
    @Path("/{call_id}")
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Void> removeCall(@PathParam("id") UUID id, @PathParam("call_id") UUID callId) {
        return requests.remove(calls, id, callId);
    }
}
