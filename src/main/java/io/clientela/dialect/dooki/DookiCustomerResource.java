package io.clientela.dialect.dooki;

import io.clientela.customer.CustomerService;
import io.clientela.customer.Inclusions;
import io.clientela.dialect.CustomerNumber;
import io.clientela.http.QueryParameters;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Dooki's operations on one customer. */
@Path(DookiCustomersResource.PATH + "/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
@DookiAlias
public class DookiCustomerResource {
    private final CustomerService customers;
    private final Inclusions inclusions;
    private final DookiCustomers shown;

    DookiCustomerResource(CustomerService customers, Inclusions inclusions, DookiCustomers shown) {
        this.customers = customers;
        this.inclusions = inclusions;
        this.shown = shown;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<Response> getDookiCustomer(@PathParam("id") CustomerNumber id, UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        var requested = inclusions.read(params, DookiCustomers.INCLUSIONS);
        params.throwIfInvalid();
        return customers
                .getByNumber(id.value())
                .chain(customer -> shown.show(List.of(customer), requested))
                .map(found -> ok(found.get(0)));
    }

    @GET
    @Path("/addresses")
    @PermissionsAllowed(Scopes.READ)
    public Uni<Response> listDookiAddresses(@PathParam("id") CustomerNumber id) {
        return customers.getByNumber(id.value()).chain(shown::addresses).map(DookiCustomerResource::ok);
    }

    @GET
    @Path("/clusters")
    @PermissionsAllowed(Scopes.READ)
    public Uni<Response> listDookiClusters(@PathParam("id") CustomerNumber id) {
        return customers.getByNumber(id.value()).chain(shown::clusters).map(DookiCustomerResource::ok);
    }

    private static Response ok(Object data) {
        return Response.ok(new DookiData<>(data)).build();
    }
}
