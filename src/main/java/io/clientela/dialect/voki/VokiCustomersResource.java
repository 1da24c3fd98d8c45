package io.clientela.dialect.voki;

import io.clientela.customer.CustomerService;
import io.clientela.dialect.CustomerLists;
import io.clientela.dialect.DialectBodies;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.http.json.JsonBodies;
import io.clientela.idempotency.Idempotency;
import io.clientela.idempotency.Responses;
import io.clientela.idempotency.StoredResponse;
import io.clientela.merge.MergeService;
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
import java.util.Map;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Voki's operations that list, create and merge customers. */
@Path(VokiCustomersResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class VokiCustomersResource {
    static final String PATH = VokiDialect.BASE_PATH + "/customers";

    /** The service's own names of Voki's sort orders. */
    private static final Map<String, String> SORT_ORDERS =
            Map.of("name", "name", "email", "email", "inserted_at", "created_at");

    private final CustomerService customers;
    private final CustomerLists lists;
    private final MergeService merges;
    private final DialectBodies dialectBodies;
    private final JsonBodies bodies;
    private final Idempotency idempotency;
    private final Responses responses;

    VokiCustomersResource(
            CustomerService customers,
            CustomerLists lists,
            MergeService merges,
            DialectBodies dialectBodies,
            JsonBodies bodies,
            Idempotency idempotency,
            Responses responses) {
        this.customers = customers;
        this.lists = lists;
        this.merges = merges;
        this.dialectBodies = dialectBodies;
        this.bodies = bodies;
        this.idempotency = idempotency;
        this.responses = responses;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<Response> listVokiCustomers(UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        var page = PageRequest.read(params);
        var query = lists.query(params.replacing("sort_by", SORT_ORDERS));
        params.throwIfInvalid();
        return customers.list(query, page).map(VokiPage::of).map(found -> Response.ok(found)
                .build());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> createVokiCustomer(@HeaderParam(Idempotency.HEADER) String key, byte[] body) {
        var input = dialectBodies.newCustomer(
                DialectBodies.only(VokiCustomerResource.MEMBER, dialectBodies.parse(body)),
                VokiCustomerResource.FIELDS);
        return idempotency
                .once(key, "createVokiCustomer", body, () -> customers
                        .create(input, false)
                        .map(VokiCustomer::of)
                        .map(created -> responses.created(PATH + "/" + created.id(), new VokiData<>(created))))
                .map(StoredResponse::toResponse);
    }

    @POST
    @Path("/merge")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.MERGE)
    public Uni<Response> mergeVokiCustomers(@HeaderParam(Idempotency.HEADER) String key, byte[] body) {
        var merge = bodies.read(body, VokiMerge.class, VokiMerge::errors).value();
        return idempotency
                .once(key, "mergeVokiCustomers", body, () -> merges.merge(merge.input())
                        .map(result -> responses.ok(new VokiData<>(VokiMerged.of(result)))))
                .map(StoredResponse::toResponse);
    }
}
