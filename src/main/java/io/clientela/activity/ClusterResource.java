package io.clientela.activity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.http.Page;
import io.clientela.http.PageLinks;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.http.json.Ids;
import io.clientela.http.json.JsonBodies;
import io.clientela.http.json.MergePatch;
import io.clientela.idempotency.Idempotency;
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

/** The HTTP operations on clusters and their members. */
@Path("/v1/clusters")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@Tag(name = "Clusters")
public class ClusterResource {
    private final ClusterService clusters;
    private final JsonBodies bodies;
    private final Idempotency idempotency;
    private final ObjectMapper mapper;

    ClusterResource(ClusterService clusters, JsonBodies bodies, Idempotency idempotency, ObjectMapper mapper) {
        this.clusters = clusters;
        this.bodies = bodies;
        this.idempotency = idempotency;
        this.mapper = mapper;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.READ)
    @Operation(summary = "List clusters", description = "By name, case- and accent-insensitively.")
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
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(summary = "Create a cluster")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ClusterInput.class)))
    @APIResponse(
            responseCode = "201",
            description = "The new cluster.",
            headers = @Header(name = "Location", description = "The path", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = ClusterView.class)))
    public Uni<Response> createCluster(
            @Parameter(description = "Up to 255 printable characters, quoted or bare.") @HeaderParam(Idempotency.HEADER)
                    String key,
            byte[] body) {
        var input = bodies.read(body, ClusterInput.class, ClusterService::violations)
                .value();
        return idempotency
                .once(key, "createCluster", body, () -> clusters.create(input).map(this::created))
                .map(StoredResponse::toResponse);
    }

    @GET
    @Path("/{id}")
    @PermissionsAllowed(Scopes.READ)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.READ)
    @Operation(summary = "Get a cluster")
    public Uni<ClusterView> getCluster(@PathParam("id") String id) {
        return clusters.get(Ids.inPath(id));
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @PermissionsAllowed(Scopes.WRITE)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(
            summary = "Change a cluster",
            description = "JSON Merge Patch (RFC 7396): absent fields stay unchanged, null clears a field.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ClusterInput.class)))
    public Uni<ClusterView> patchCluster(@PathParam("id") String id, byte[] body) {
        var clusterId = Ids.inPath(id);
        return clusters.update(
                clusterId,
                bodies.read(body, ClusterInput.class, ClusterService::validatePatch)
                        .json());
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(summary = "Change a cluster (as PATCH does)")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ClusterInput.class)))
    public Uni<ClusterView> putCluster(@PathParam("id") String id, byte[] body) {
        return patchCluster(id, body);
    }

    @DELETE
    @Path("/{id}")
    @PermissionsAllowed(Scopes.WRITE)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(
            summary = "Delete a cluster",
            description = "Its customers stay; their histories record that they left the cluster.")
    public Uni<Void> deleteCluster(@PathParam("id") String id) {
        return clusters.delete(Ids.inPath(id));
    }

    @PUT
    @Path("/{id}/customers/{customer_id}")
    @PermissionsAllowed(Scopes.WRITE)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(
            summary = "Add a customer to a cluster",
            description =
                    "A customer can be in any number of clusters, in addition to the main cluster in `cluster_id`.")
    public Uni<Void> joinCluster(@PathParam("id") String id, @PathParam("customer_id") String customerId) {
        return clusters.join(Ids.inPath(id), Ids.inPath(customerId));
    }

    @DELETE
    @Path("/{id}/customers/{customer_id}")
    @PermissionsAllowed(Scopes.WRITE)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(
            summary = "Remove a customer from a cluster",
            description = "Clears `cluster_id` if this is the customer's main cluster.")
    public Uni<Void> leaveCluster(@PathParam("id") String id, @PathParam("customer_id") String customerId) {
        return clusters.leave(Ids.inPath(id), Ids.inPath(customerId));
    }

    private StoredResponse created(ClusterView cluster) {
        try {
            return new StoredResponse(
                    Response.Status.CREATED.getStatusCode(),
                    "/v1/clusters/" + cluster.id(),
                    null,
                    mapper.writeValueAsString(cluster));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write the cluster as JSON", e);
        }
    }
}
