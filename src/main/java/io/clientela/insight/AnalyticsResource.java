package io.clientela.insight;

import io.clientela.security.Scopes;
import io.clientela.tenancy.Caller;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The analytics of customers over HTTP. */
@Path("/v1/customers/analytics")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class AnalyticsResource {
    private final Overviews overviews;
    private final Caller caller;

    AnalyticsResource(Overviews overviews, Caller caller) {
        this.overviews = overviews;
        this.caller = caller;
    }

    @GET
    @Path("/overview")
    @PermissionsAllowed(Scopes.READ)
    public Uni<OverviewView> getOverview() {
        return overviews.get(caller.tenant(), caller.location());
    }
}
