package io.clientela.consent;

import io.clientela.http.Page;
import io.clientela.http.PageLinks;
import io.clientela.security.Scopes;
import io.clientela.tenancy.Caller;
import io.clientela.tenancy.OwnCustomer;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operation by which customers read their own consents. */
@Path("/v1/customers/me/consents")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@OwnCustomer
public class OwnConsentResource {
    private final ConsentReader consents;
    private final Caller caller;

    OwnConsentResource(ConsentReader consents, Caller caller) {
        this.consents = consents;
        this.caller = caller;
    }

    @GET
    @PermissionsAllowed(Scopes.SELF)
    public Uni<RestResponse<Page<ConsentView>>> listOwnConsents(UriInfo uri) {
        return consents.of(caller.customer(), ConsentResource.pageRequest(uri))
                .map(page -> PageLinks.answer(uri, page.map(ConsentView::ofOwn)));
    }
}
