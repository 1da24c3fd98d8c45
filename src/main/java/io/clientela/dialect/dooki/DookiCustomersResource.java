package io.clientela.dialect.dooki;

import io.clientela.customer.CustomerService;
import io.clientela.customer.Inclusions;
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
import java.util.Optional;
import java.util.function.IntFunction;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Dooki's operation that lists customers. */
@Path(DookiCustomersResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@DookiAlias
public class DookiCustomersResource {
    static final String PATH = DookiDialect.BASE_PATH + "/{" + DookiAliasFilter.PARAMETER + "}/customers";

    private static final String PAGE = "page";
    private static final int MAX_PAGE = 10_000_000;
    private static final int DEFAULT_SIZE = 10;
    private static final int MAX_SIZE = 100;

    private final CustomerService customers;
    private final CustomerLists lists;
    private final Inclusions inclusions;
    private final DookiCustomers shown;

    DookiCustomersResource(
            CustomerService customers, CustomerLists lists, Inclusions inclusions, DookiCustomers shown) {
        this.customers = customers;
        this.lists = lists;
        this.inclusions = inclusions;
        this.shown = shown;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<Response> listDookiCustomers(UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        var request = new PageRequest(
                params.integer(PAGE, 1, 1, MAX_PAGE),
                params.integer("limit", DEFAULT_SIZE, 1, MAX_SIZE),
                Optional.empty(),
                true);
        var query = lists.query(params);
        var requested = inclusions.read(params, DookiCustomers.INCLUSIONS);
        params.throwIfInvalid();
        return customers
                .list(query, request)
                .chain(page ->
                        shown.show(page.data(), requested).map(data -> DookiPage.of(data, page.meta(), link(uri))))
                .map(page -> Response.ok(page).build());
    }

    private static IntFunction<String> link(UriInfo uri) {
        return page ->
                uri.getRequestUriBuilder().replaceQueryParam(PAGE, page).build().toString();
    }
}
