package io.clientela.dialect.location;

import io.clientela.customer.CustomerService;
import io.clientela.dialect.BodyFields;
import io.clientela.dialect.CustomerLists;
import io.clientela.dialect.DialectBodies;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.http.problem.ProblemException;
import io.clientela.idempotency.Idempotency;
import io.clientela.idempotency.Responses;
import io.clientela.idempotency.StoredResponse;
import io.clientela.identity.UpsertService;
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
import org.jboss.resteasy.reactive.server.Cancellable;

/** A business location's operations that list, create and upsert customers. */
@Path(LocationCustomersResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class LocationCustomersResource {
    static final String PATH = LocationDialect.BASE_PATH + "/customers";

    private static final BodyFields NEW =
            LocationCustomerResource.FIELDS.with("status", "status").with("location_id", "location_id");

    private final CustomerService customers;
    private final UpsertService upserts;
    private final LocationUpserts reader;
    private final CustomerLists lists;
    private final DialectBodies bodies;
    private final Idempotency idempotency;
    private final Responses responses;

    LocationCustomersResource(
            CustomerService customers,
            UpsertService upserts,
            LocationUpserts reader,
            CustomerLists lists,
            DialectBodies bodies,
            Idempotency idempotency,
            Responses responses) {
        this.customers = customers;
        this.upserts = upserts;
        this.reader = reader;
        this.lists = lists;
        this.bodies = bodies;
        this.idempotency = idempotency;
        this.responses = responses;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<Response> listLocationCustomers(UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        var page = PageRequest.read(params);
        var query = lists.query(params);
        params.throwIfInvalid();
        return customers.list(query, page).map(LocationPage::of).map(found -> Response.ok(
                        LocationAnswer.of("Customers fetched!", found))
                .build());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> createLocationCustomer(@HeaderParam(Idempotency.HEADER) String key, byte[] body) {
        var input = bodies.newCustomer(bodies.parse(body), NEW);
        return idempotency
                .once(key, "createLocationCustomer", body, () -> customers
                        .create(input, false)
                        .map(created -> responses.created(
                                PATH + "/" + created.id(), LocationAnswer.of("Customer created!", created))))
                .map(StoredResponse::toResponse);
    }

    @POST
    @Path("/upsert")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> upsertLocationCustomer(@HeaderParam(Idempotency.HEADER) String key, byte[] body) {
        var upsert = reader.read(bodies.parse(body));
        return idempotency
                .once(key, "upsertLocationCustomer", body, () -> upserts.upsert(upsert)
                        .onFailure(ProblemException.class)
                        .transform(LocationUpserts::explained)
                        .map(result -> responses.ok(LocationAnswer.of("Customer upserted!", result.customer()))))
                .map(StoredResponse::toResponse);
    }
}
