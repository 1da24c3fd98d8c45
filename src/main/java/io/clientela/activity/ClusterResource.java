package io.clientela.activity;

import io.clientela.http.Page;
import io.clientela.http.PageLinks;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.http.json.JsonBodies;
import io.clientela.http.json.MergePatch;
import io.clientela.idempotency.Idempotency;
import io.clientela.idempotency.Responses;
import io.clientela.idempotency.StoredResponse;
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

/** The HTTP operations on clusters and their members. */
@Path("/v1/clusters")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class ClusterResource {
    private final ClusterService clusters;
    private final JsonBodies bodies;
    private final Idempotency idempotency;
    private final Responses responses;

    ClusterResource(ClusterService clusters, JsonBodies bodies, Idempotency idempotency, Responses responses) {
        this.clusters = clusters;
        this.bodies = bodies;
        this.idempotency = idempotency;
        this.responses = responses;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<RestResponse<Page<ClusterView>>> listClusters(UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        var request = PageRequest.read(params);
        ClusterReader.checkCursor(params, request);
        params.throwIfInvalid();
        return clusters.list(request).map(page -> PageLinks.answer(uri, page));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> createCluster(@HeaderParam(Idempotency.HEADER) String key, byte[] body) {
        var input = bodies.read(body, ClusterInput.class, ClusterService::violations)
                .value();
        return idempotency
                .once(key, "createCluster", body, () -> clusters.create(input)
                        .map(cluster -> responses.created("/v1/clusters/" + cluster.id(), cluster)))
                .map(StoredResponse::toResponse);
    }

    @GET
    @Path("/{id}")
    @PermissionsAllowed(Scopes.READ)
    public Uni<ClusterView> getCluster(@PathParam("id") UUID id) {
        return clusters.get(id);
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<ClusterView> patchCluster(@PathParam("id") UUID id, byte[] body) {
        var patch = bodies.read(body, ClusterInput.class, ClusterService::validatePatch)
                .json();
        return clusters.update(id, patch);
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<ClusterView> putCluster(@PathParam("id") UUID id, byte[] body) {
        return patchCluster(id, body);
    }

    @DELETE
    @Path("/{id}")
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Void> deleteCluster(@PathParam("id") UUID id) {
        return clusters.delete(id);
    }

    @PUT
    @Path("/{id}/customers/{customer_id}")
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Void> joinCluster(@PathParam("id") UUID id, @PathParam("customer_id") UUID customerId) {
        return clusters.join(id, customerId);
    }

    @DELETE
    @Path("/{id}/customers/{customer_id}")
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Void> leaveCluster(@PathParam("id") UUID id, @PathParam("customer_id") UUID customerId) {
        return clusters.leave(id, customerId);
    }
}
