package io.clientela.dialect.storefront;

import io.clientela.customer.CustomerService;
import io.clientela.insight.OverviewView;
import io.clientela.insight.Overviews;
import io.clientela.security.Scopes;
import io.clientela.tenancy.Caller;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The storefront's operation that shows its customers in figures. */
@Path(StorefrontDialect.BASE_PATH + "/analytics")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class StorefrontAnalyticsResource {
    private final Overviews overviews;
    private final CustomerService customers;
    private final Caller caller;

    StorefrontAnalyticsResource(Overviews overviews, CustomerService customers, Caller caller) {
        this.overviews = overviews;
        this.customers = customers;
        this.caller = caller;
    }

    @GET
    @Path("/overview")
    @PermissionsAllowed(Scopes.READ)
    public Uni<Response> getStorefrontOverview() {
        return overviews
                .get(caller.tenant(), caller.location())
                .chain(overview -> customers
                        .mapByIds(overview.topCustomers().stream()
                                .map(OverviewView.TopCustomer::id)
                                .toList())
                        .map(top -> StorefrontOverview.of(overview, top)))
                .map(overview -> Response.ok(overview).build());
    }
}
