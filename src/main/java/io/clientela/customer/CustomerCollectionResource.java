package io.clientela.customer;

import io.clientela.http.Page;
import io.clientela.http.PageLinks;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.http.json.JsonBodies;
import io.clientela.idempotency.Idempotency;
import io.clientela.idempotency.Responses;
import io.clientela.idempotency.StoredResponse;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The HTTP operations that list and create customers. */
@Path("/v1/customers")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class CustomerCollectionResource {
    private final CustomerService customers;
    private final Inclusions inclusions;
    private final CustomerRules rules;
    private final Identifiers identifiers;
    private final Segments segments;
    private final JsonBodies bodies;
    private final Idempotency idempotency;
    private final Responses responses;

    CustomerCollectionResource(
            CustomerService customers,
            Inclusions inclusions,
            CustomerRules rules,
            Identifiers identifiers,
            Segments segments,
            JsonBodies bodies,
            Idempotency idempotency,
            Responses responses) {
        this.customers = customers;
        this.inclusions = inclusions;
        this.rules = rules;
        this.identifiers = identifiers;
        this.segments = segments;
        this.bodies = bodies;
        this.idempotency = idempotency;
        this.responses = responses;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<RestResponse<Page<CustomerView>>> listCustomers(UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        var page = PageRequest.read(params);
        var query = CustomerQuery.read(params, identifiers, segments, CustomerSort.NAME);
        query.checkCursor(params, page);
        var requested = inclusions.read(params);
        params.throwIfInvalid();
        return customers
                .list(query, page)
                .chain(found -> inclusions.addTo(requested, found.data()).map(found::with))
                .map(found -> PageLinks.answer(uri, found));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> createCustomer(@HeaderParam(Idempotency.HEADER) String key, UriInfo uri, byte[] body) {
        var params = new QueryParameters(uri.getQueryParameters());
        var onDuplicate = params.oneOf("on_duplicate", List.of("allow", "reject"), value -> value)
                .orElse("allow");
        params.throwIfInvalid();
        var input = bodies.read(body, CustomerFields.class, rules::validateNew).value();
        return idempotency
                .once(key, "createCustomer " + onDuplicate, body, () -> customers
                        .create(input, onDuplicate.equals("reject"))
                        .map(customer ->
                                responses.created("/v1/customers/" + customer.id(), customer.version(), customer)))
                .map(StoredResponse::toResponse);
    }
}
