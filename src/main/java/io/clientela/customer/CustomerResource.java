package io.clientela.customer;

import io.clientela.http.ETags;
import io.clientela.http.QueryParameters;
import io.clientela.http.json.Ids;
import io.clientela.http.json.JsonBodies;
import io.clientela.http.json.MergePatch;
import io.clientela.http.problem.MergedRedirectException;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operations on one customer. */
@Path("/v1/customers/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@Tag(name = "Customers")
public class CustomerResource {
    private static final StringPermission ADMIN = new StringPermission(Scopes.ADMIN);

    private final CustomerService customers;
    private final Inclusions inclusions;
    private final CustomerRules rules;
    private final JsonBodies bodies;
    private final SecurityIdentity identity;

    CustomerResource(
            CustomerService customers,
            Inclusions inclusions,
            CustomerRules rules,
            JsonBodies bodies,
            SecurityIdentity identity) {
        this.customers = customers;
        this.inclusions = inclusions;
        this.rules = rules;
        this.bodies = bodies;
        this.identity = identity;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.READ)
    @Operation(summary = "Get a customer")
    @Parameter(
            name = Inclusions.PARAMETER,
            in = ParameterIn.QUERY,
            description = Inclusions.DESCRIPTION,
            schema = @Schema(type = SchemaType.STRING),
            example = "stats,orders")
    @APIResponse(
            responseCode = "200",
            description = "The customer.",
            headers = @Header(name = "ETag", description = "The version", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = CustomerView.class)))
    @APIResponse(responseCode = "304", description = "The caller's copy is current.")
    @APIResponse(responseCode = "307", description = MergedRedirectException.DESCRIPTION)
    public Uni<Response> getCustomer(
            @PathParam("id") String id,
            @Parameter(description = "The entity tags of the caller's copies.") @HeaderParam(HttpHeaders.IF_NONE_MATCH)
                    String ifNoneMatch,
            UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        var requested = inclusions.read(params);
        params.throwIfInvalid();
        boolean cacheable = requested.stream().allMatch(Inclusion::followsVersion);
        return customers
                .get(Ids.inPath(id))
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
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(
            summary = "Change a customer",
            description = "JSON Merge Patch (RFC 7396): absent fields stay unchanged, null clears a field. A patch"
                    + " without effect does not change the version.")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = MergePatch.MEDIA_TYPE,
                        schema = @Schema(implementation = CustomerInput.class),
                        examples =
                                @ExampleObject(
                                        name = "A new e-mail, no phone",
                                        value = "{\"email\":\"jane.smith@example.com\",\"phone\":null}")),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = CustomerInput.class))
            })
    @APIResponse(
            responseCode = "200",
            description = "The changed customer.",
            headers = @Header(name = "ETag", description = "The version", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = CustomerView.class)))
    public Uni<Response> patchCustomer(
            @PathParam("id") String id,
            @Parameter(description = "The version that the change is based on.") @HeaderParam(HttpHeaders.IF_MATCH)
                    String ifMatch,
            byte[] body) {
        var customerId = Ids.inPath(id);
        var patch = bodies.read(body, CustomerInput.class, rules::validatePatch).json();
        return customers.update(customerId, ifMatch, patch).map(CustomerResource::ok);
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(
            summary = "Change a customer (as PATCH does)",
            description = "For clients without PATCH: absent fields stay unchanged here, too.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = CustomerInput.class)))
    @APIResponse(
            responseCode = "200",
            description = "The changed customer.",
            headers = @Header(name = "ETag", description = "The version", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = CustomerView.class)))
    public Uni<Response> putCustomer(
            @PathParam("id") String id,
            @Parameter(description = "The version that the change is based on.") @HeaderParam(HttpHeaders.IF_MATCH)
                    String ifMatch,
            byte[] body) {
        return patchCustomer(id, ifMatch, body);
    }

    @DELETE
    @PermissionsAllowed(Scopes.WRITE)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(
            summary = "Delete a customer",
            description = "Refused while a delete rule forbids it: by default, while the customer has orders."
                    + " `force=true`, which needs customers:admin, skips the rules.")
    @Parameter(
            name = "force",
            in = ParameterIn.QUERY,
            description = "Skips the delete rules; needs the scope customers:admin.",
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    @APIResponse(responseCode = "204", description = "The customer was deleted; the history stays.")
    public Uni<Void> deleteCustomer(
            @PathParam("id") String id,
            @Parameter(description = "The version to delete.") @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch,
            UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        boolean force = params.flag("force");
        params.throwIfInvalid();
        var customerId = Ids.inPath(id);
        if (!force) {
            return customers.delete(customerId, ifMatch, false);
        }
        return identity.checkPermission(ADMIN).chain(isAdmin -> {
            if (!isAdmin) {
                throw ProblemException.insufficientScope(Scopes.ADMIN);
            }
            return customers.delete(customerId, ifMatch, true);
        });
    }

    @PUT
    @Path("/status")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(summary = "Set a customer's status")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = StatusInput.class),
                            examples = @ExampleObject(name = "Block", value = "{\"status\":\"blocked\"}")))
    @APIResponse(
            responseCode = "200",
            description = "The changed customer.",
            content = @Content(schema = @Schema(implementation = CustomerView.class)))
    public Uni<Response> setCustomerStatus(
            @PathParam("id") String id,
            @Parameter(description = "The version that the change is based on.") @HeaderParam(HttpHeaders.IF_MATCH)
                    String ifMatch,
            byte[] body) {
        var customerId = Ids.inPath(id);
        var input = bodies.read(body, StatusInput.class, status -> List.of()).value();
        return customers.setStatus(customerId, ifMatch, input.status()).map(CustomerResource::ok);
    }

    @PUT
    @Path("/role")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.ADMIN)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.ADMIN)
    @Operation(summary = "Set a customer's role")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RoleInput.class),
                            examples = @ExampleObject(name = "A wholesaler", value = "{\"role\":\"wholesaler\"}")))
    @APIResponse(
            responseCode = "200",
            description = "The changed customer.",
            content = @Content(schema = @Schema(implementation = CustomerView.class)))
    public Uni<Response> setCustomerRole(
            @PathParam("id") String id,
            @Parameter(description = "The version that the change is based on.") @HeaderParam(HttpHeaders.IF_MATCH)
                    String ifMatch,
            byte[] body) {
        var customerId = Ids.inPath(id);
        var input = bodies.read(body, RoleInput.class, role -> List.of()).value();
        return customers.setRole(customerId, ifMatch, input.role()).map(CustomerResource::ok);
    }

    private static Response ok(CustomerView customer) {
        return Response.ok(customer)
                .header(HttpHeaders.ETAG, ETags.of(customer.version()))
                .build();
    }
}
