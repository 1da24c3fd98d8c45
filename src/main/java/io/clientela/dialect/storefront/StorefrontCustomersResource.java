package io.clientela.dialect.storefront;

import io.clientela.customer.CustomerService;
import io.clientela.dialect.CustomerLists;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The storefront's operation that lists customers. */
@Path(StorefrontDialect.BASE_PATH)
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class StorefrontCustomersResource {
    private final CustomerService customers;
    private final CustomerLists lists;

    StorefrontCustomersResource(CustomerService customers, CustomerLists lists) {
        this.customers = customers;
        this.lists = lists;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<Response> listStorefrontCustomers(UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        var page = PageRequest.read(params);
        var query = lists.query(params);
        params.throwIfInvalid();
        return customers.list(query, page).map(StorefrontPage::of).map(found -> Response.ok(found)
                .build());
    }
}
