package io.clientela.dialect.aivapad;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.customer.CustomerQuery;
import io.clientela.customer.CustomerService;
import io.clientela.customer.CustomerStream;
import io.clientela.dialect.CustomerLists;
import io.clientela.dialect.DialectBodies;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.http.StreamedBody;
import io.clientela.idempotency.Idempotency;
import io.clientela.idempotency.Responses;
import io.clientela.idempotency.StoredResponse;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Aivapad's operations that list and create customers. */
@Path(AivapadCustomersResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class AivapadCustomersResource {
    static final String PATH = AivapadDialect.BASE_PATH + "/customers";

    private static final Map<String, String> NEWEST_FIRST = Map.of("sort_by", "created_at", "sort_order", "desc");
    private static final String LIMIT = "limit";

    /** Parts of the array that are so short are read like pages of a list, and do not count as exports. */
    private static final int MAX_PAGE_SIZE = 50;

    private static final int MAX_PAGE = 10_000_000;

    private final CustomerService customers;
    private final CustomerLists lists;
    private final CustomerStream stream;
    private final ObjectMapper mapper;
    private final DialectBodies bodies;
    private final Idempotency idempotency;
    private final Responses responses;

    AivapadCustomersResource(
            CustomerService customers,
            CustomerLists lists,
            CustomerStream stream,
            ObjectMapper mapper,
            DialectBodies bodies,
            Idempotency idempotency,
            Responses responses) {
        this.customers = customers;
        this.lists = lists;
        this.stream = stream;
        this.mapper = mapper;
        this.bodies = bodies;
        this.idempotency = idempotency;
        this.responses = responses;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<Response> listAivapadCustomers(UriInfo uri, @Context RoutingContext exchange) {
        var params = new QueryParameters(uri.getQueryParameters());
        int limit = params.integer(LIMIT, Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
        int offset = params.integer("offset", 0, 0, Integer.MAX_VALUE);
        params.throwIfInvalid();
        var query = lists.query(new QueryParameters(new MultivaluedHashMap<>(NEWEST_FIRST)));
        if (limit <= MAX_PAGE_SIZE && offset % limit == 0 && offset / limit < MAX_PAGE) {
            var page = new PageRequest(offset / limit + 1, limit, Optional.empty(), false);
            return customers.list(query, page).map(found -> Response.ok(
                            found.map(AivapadCustomer::of).data())
                    .build());
        }
        boolean all = !uri.getQueryParameters().containsKey(LIMIT);
        var part = query.part(offset, all ? OptionalInt.empty() : OptionalInt.of(limit));
        return streamed(part, exchange);
    }

    private Uni<Response> streamed(CustomerQuery query, RoutingContext exchange) {
        var response = Response.ok().type(MediaType.APPLICATION_JSON_TYPE);
        if (exchange.request().method() != HttpMethod.HEAD) {
            var array = new AivapadArray(mapper);
            response.entity(new StreamedBody(stream.body(query, array::customers, array::end)));
        }
        return Uni.createFrom().item(response.build());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @PermissionsAllowed(Scopes.WRITE)
    public Uni<Response> createAivapadCustomer(@HeaderParam(Idempotency.HEADER) String key, byte[] body) {
        var input = bodies.newCustomer(bodies.parse(body), AivapadCustomerResource.FIELDS);
        return idempotency
                .once(key, "createAivapadCustomer", body, () -> customers
                        .create(input, false)
                        .map(AivapadCustomer::of)
                        .map(created -> responses.created(PATH + "/" + created.id(), created)))
                .map(StoredResponse::toResponse);
    }
}
