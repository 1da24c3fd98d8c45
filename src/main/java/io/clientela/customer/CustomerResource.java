package io.clientela.customer;

import io.clientela.http.ETags;
import io.clientela.http.QueryParameters;
import io.clientela.http.json.JsonBodies;
import io.clientela.http.json.MergePatch;
import io.clientela.http.problem.ProblemException;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.quarkus.security.StringPermission;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operations on one customer. */
@Path("/v1/customers/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class CustomerResource {
    private static final StringPermission ADMIN = new StringPermission(Scopes.ADMIN);

    private final CustomerService customers;
    private final DeleteService deletes;
    private final Inclusions inclusions;
    private final CustomerRules rules;
    private final JsonBodies bodies;
    private final SecurityIdentity identity;

    CustomerResource(
            CustomerService customers,
            DeleteService deletes,
            Inclusions inclusions,
            CustomerRules rules,
            JsonBodies bodies,
            SecurityIdentity identity) {
        this.customers = customers;
        this.deletes = deletes;
        this.inclusions = inclusions;
        this.rules = rules;
        this.bodies = bodies;
        this.identity = identity;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<Response> getCustomer(
            @PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch, UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        var shown = FieldSelection.read(params);
        var requested = inclusions.read(params);
        params.throwIfInvalid();
        boolean cacheable = requested.stream().allMatch(Inclusion::followsVersion);
        return customers
                .get(id, shown)
                .chain(customer -> cacheable && ETags.isFresh(ifNoneMatch, customer.version())
                        ? Uni.createFrom().item(() -> notModified(customer))
                        : inclusions
                                .addTo(requested, List.of(customer))
                                .map(included -> cacheable
                                        ? ok(included.get(0))
                                        : Response.ok(included.get(0)).build()));
    }

    private static Response notModified(CustomerView customer) {
        return Response.notModified()
                .header(HttpHeaders.ETAG, ETags.of(customer.version()))
                .build();
    }

    @PATCH
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> patchCustomer(
            @PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, byte[] body) {
        var patch = bodies.read(body, CustomerFields.class, rules::validatePatch);
        return customers.update(id, ifMatch, patch).map(CustomerResource::ok);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> putCustomer(
            @PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, byte[] body) {
        return patchCustomer(id, ifMatch, body);
    }

    @DELETE
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> deleteCustomer(
            @PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        boolean force = params.flag("force");
        boolean dryRun = params.flag("dry_run");
        params.throwIfInvalid();
        return requireAdminIf(force)
                .chain(() -> dryRun
                        ? deletes.preview(id, ifMatch, force).map(CustomerResource::ok)
                        : deletes.delete(id, ifMatch, force)
                                .map(deleted -> Response.noContent().build()));
    }

    private Uni<Void> requireAdminIf(boolean required) {
        return required
                ? identity.checkPermission(ADMIN)
                        .invoke(isAdmin -> {
                            if (!isAdmin) {
                                throw ProblemException.insufficientScope(Scopes.ADMIN);
                            }
                        })
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    @PUT
    @Path("/status")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> setCustomerStatus(
            @PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, byte[] body) {
        var input = bodies.read(body, StatusInput.class, status -> List.of()).value();
        return customers.setStatus(id, ifMatch, input.status()).map(CustomerResource::ok);
    }

    @PUT
    @Path("/role")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.ADMIN)
    public Uni<Response> setCustomerRole(
            @PathParam("id") UUID id, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, byte[] body) {
        var input = bodies.read(body, RoleInput.class, role -> List.of()).value();
        return customers.setRole(id, ifMatch, input.role()).map(CustomerResource::ok);
    }

    private static Response ok(CustomerView customer) {
        return ok(customer, customer.version());
    }

    private static Response ok(DeletePreview preview) {
        return ok(preview, preview.version());
    }

    private static Response ok(Object entity, long version) {
        return Response.ok(entity).header(HttpHeaders.ETAG, ETags.of(version)).build();
    }
}
