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

/** The HTTP operations on a customer's addresses. */
@Path("/v1/customers/{id}/addresses")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@Tag(name = "Addresses")
public class AddressResource {
    private final ItemRequests requests;
    private final AddressType addresses;

    AddressResource(ItemRequests requests, AddressType addresses) {
        this.requests = requests;
        this.addresses = addresses;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.READ)
    @Operation(summary = "List a customer's addresses", description = "Oldest first.")
    @APIResponse(responseCode = "200", description = "A page of addresses.")
    @APIResponse(responseCode = "307", description = MergedRedirectException.DESCRIPTION)
    public Uni<RestResponse<Page<AddressView>>> listAddresses(@PathParam("id") String id, UriInfo uri) {
        return requests.list(addresses, id, uri);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(summary = "Add an address")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = AddressInput.class)))
    @APIResponse(
            responseCode = "201",
            description = "The new address.",
            headers = @Header(name = "Location", description = "The path", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = AddressView.class)))
    public Uni<Response> addAddress(
            @PathParam("id") String id,
            @Parameter(description = "Up to 255 printable characters, quoted or bare.") @HeaderParam(Idempotency.HEADER)
                    String key,
            byte[] body) {
        return requests.add(addresses, id, key, body);
    }

    @GET
    @Path("/{address_id}")
    @PermissionsAllowed(Scopes.READ)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.READ)
    @Operation(summary = "Get an address")
    @APIResponse(responseCode = "200", description = "The address.")
    @APIResponse(responseCode = "307", description = MergedRedirectException.DESCRIPTION)
    public Uni<AddressView> getAddress(@PathParam("id") String id, @PathParam("address_id") String addressId) {
        return requests.get(addresses, id, addressId);
    }

    @PATCH
    @Path("/{address_id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @PermissionsAllowed(Scopes.WRITE)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(
            summary = "Change an address",
            description = "JSON Merge Patch (RFC 7396): absent fields stay unchanged, null clears a field.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = AddressInput.class)))
    public Uni<AddressView> patchAddress(
            @PathParam("id") String id, @PathParam("address_id") String addressId, byte[] body) {
        return requests.update(addresses, id, addressId, body);
    }

    @PUT
    @Path("/{address_id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(summary = "Change an address (as PATCH does)")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = AddressInput.class)))
    public Uni<AddressView> putAddress(
            @PathParam("id") String id, @PathParam("address_id") String addressId, byte[] body) {
        return requests.update(addresses, id, addressId, body);
    }

    @DELETE
    @Path("/{address_id}")
    @PermissionsAllowed(Scopes.WRITE)
    @SecurityRequirement(name = Scopes.SCHEME, scopes = Scopes.WRITE)
    @Operation(summary = "Remove an address")
    public Uni<Void> removeAddress(@PathParam("id") String id, @PathParam("address_id") String addressId) {
        return requests.remove(addresses, id, addressId);
    }
}
