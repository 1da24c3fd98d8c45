package io.clientela.account;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.CustomerFields;
import io.clientela.customer.CustomerService;
import io.clientela.customer.CustomerView;
import io.clientela.customer.Preferences;
import io.clientela.http.ETags;
import io.clientela.http.json.JsonBodies;
import io.clientela.http.json.MergePatch;
import io.clientela.security.Scopes;
import io.clientela.tenancy.Caller;
import io.clientela.tenancy.OwnCustomer;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operations of customers on their own profile. */
@Path("/v1/customers/me")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@OwnCustomer
public class OwnCustomerResource {
    private static final String PREFERENCES = "preferences";

    private final CustomerService customers;
    private final OwnProfile profile;
    private final JsonBodies bodies;
    private final Caller caller;

    OwnCustomerResource(CustomerService customers, OwnProfile profile, JsonBodies bodies, Caller caller) {
        this.customers = customers;
        this.profile = profile;
        this.bodies = bodies;
        this.caller = caller;
    }

    @GET
    @PermissionsAllowed(Scopes.SELF)
    public Uni<Response> getOwnCustomer(@HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
        return customers
                .get(caller.customer())
                .map(customer -> ETags.isFresh(ifNoneMatch, customer.version())
                        ? withETag(Response.notModified(), customer)
                        : withETag(Response.ok(profile.of(customer)), customer));
    }

    @PATCH
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @PermissionsAllowed(Scopes.SELF)
    public Uni<Response> patchOwnCustomer(@HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, byte[] body) {
        return customers
                .update(caller.customer(), ifMatch, profile.readPatch(body))
                .map(customer -> withETag(Response.ok(profile.of(customer)), customer));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.SELF)
    public Uni<Response> putOwnCustomer(@HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, byte[] body) {
        return patchOwnCustomer(ifMatch, body);
    }

    @GET
    @Path("/preferences")
    @PermissionsAllowed(Scopes.SELF)
    public Uni<Preferences> getOwnPreferences() {
        return customers.get(caller.customer()).map(customer -> customer.fields()
                .preferences());
    }

    @PATCH
    @Path("/preferences")
    @Consumes({MergePatch.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @PermissionsAllowed(Scopes.SELF)
    public Uni<Preferences> patchOwnPreferences(byte[] body) {
        ObjectNode chosen =
                bodies.read(body, Preferences.class, preferences -> List.of()).json();
        ObjectNode patch = JsonNodeFactory.instance.objectNode().set(PREFERENCES, chosen);
        return customers
                .update(caller.customer(), null, bodies.read(patch, CustomerFields.class, fields -> List.of()))
                .map(customer -> customer.fields().preferences());
    }

    @PUT
    @Path("/preferences")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.SELF)
    public Uni<Preferences> putOwnPreferences(byte[] body) {
        return patchOwnPreferences(body);
    }

    private static Response withETag(Response.ResponseBuilder response, CustomerView customer) {
        return response.header(HttpHeaders.ETAG, ETags.of(customer.version())).build();
    }
}
