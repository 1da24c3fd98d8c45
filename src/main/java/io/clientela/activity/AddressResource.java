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

/** The HTTP operations on a customer's addresses. */
@Path("/v1/customers/{id}/addresses")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class AddressResource {
    private final ItemRequests requests;
    private final AddressType addresses;

    AddressResource(ItemRequests requests, AddressType addresses) {
        this.requests = requests;
        this.addresses = addresses;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<RestResponse<Page<AddressView>>> listAddresses(@PathParam("id") UUID id, UriInfo uri) {
        return requests.list(addresses, id, uri);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> addAddress(
            @PathParam("id") UUID id, @HeaderParam(Idempotency.HEADER) String key, byte[] body) {
        return requests.add(addresses, id, key, body);
    }

    @GET
    @Path("/{address_id}")
    @PermissionsAllowed(Scopes.READ)
    public Uni<AddressView> getAddress(@PathParam("id") UUID id, @PathParam("address_id") UUID addressId) {
        return requests.get(addresses, id, addressId);
    }

    @PATCH
    @Path("/{address_id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<AddressView> patchAddress(
            @PathParam("id") UUID id, @PathParam("address_id") UUID addressId, byte[] body) {
        return requests.update(addresses, id, addressId, body);
    }

    @PUT
    @Path("/{address_id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<AddressView> putAddress(@PathParam("id") UUID id, @PathParam("address_id") UUID addressId, byte[] body) {
        return requests.update(addresses, id, addressId, body);
    }

    @DELETE
    @Path("/{address_id}")
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Void> removeAddress(@PathParam("id") UUID id, @PathParam("address_id") UUID addressId) {
        return requests.remove(addresses, id, addressId);
    }
}
