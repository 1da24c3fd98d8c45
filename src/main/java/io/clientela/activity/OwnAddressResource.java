package io.clientela.activity;

import io.clientela.http.Page;
import io.clientela.http.json.MergePatch;
import io.clientela.idempotency.Idempotency;
import io.clientela.security.Scopes;
import io.clientela.tenancy.Caller;
import io.clientela.tenancy.OwnCustomer;
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

/** The HTTP operations of customers on their own addresses. */
@Path("/v1/customers/me/addresses")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@OwnCustomer
public class OwnAddressResource {
    private final ItemRequests requests;
    private final AddressType addresses;
    private final Caller caller;

    OwnAddressResource(ItemRequests requests, AddressType addresses, Caller caller) {
        this.requests = requests;
        this.addresses = addresses;
        this.caller = caller;
    }

    @GET
    @PermissionsAllowed(Scopes.SELF)
    public Uni<RestResponse<Page<AddressView>>> listOwnAddresses(UriInfo uri) {
        return requests.list(addresses, caller.customer(), uri);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.SELF)
    public Uni<Response> addOwnAddress(@HeaderParam(Idempotency.HEADER) String key, byte[] body) {
        return requests.addOwn(addresses, caller.customer(), key, body);
    }

    @GET
    @Path("/{address_id}")
    @PermissionsAllowed(Scopes.SELF)
    public Uni<AddressView> getOwnAddress(@PathParam("address_id") UUID addressId) {
        return requests.get(addresses, caller.customer(), addressId);
    }

    @PATCH
    @Path("/{address_id}")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @PermissionsAllowed(Scopes.SELF)
    public Uni<AddressView> patchOwnAddress(@PathParam("address_id") UUID addressId, byte[] body) {
        return requests.update(addresses, caller.customer(), addressId, body);
    }

    @PUT
    @Path("/{address_id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.SELF)
    public Uni<AddressView> putOwnAddress(@PathParam("address_id") UUID addressId, byte[] body) {
        return requests.update(addresses, caller.customer(), addressId, body);
    }

    @DELETE
    @Path("/{address_id}")
    @PermissionsAllowed(Scopes.SELF)
    public Uni<Void> removeOwnAddress(@PathParam("address_id") UUID addressId) {
        return requests.remove(addresses, caller.customer(), addressId);
    }
}
