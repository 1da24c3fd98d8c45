package io.clientela.history;

import io.clientela.customer.CustomerService;
import io.clientela.http.Page;
import io.clientela.http.PageLinks;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.security.Scopes;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The history of one customer over HTTP. */
@Path("/v1/customers/{id}/history")
@Produces(MediaType.APPLICATION_JSON)
@Cancellable(false)
public class HistoryResource {
    private final History history;
    private final CustomerService customers;

    HistoryResource(History history, CustomerService customers) {
        this.history = history;
        this.customers = customers;
    }

    @GET
    @PermissionsAllowed(Scopes.READ)
    public Uni<RestResponse<Page<EventView>>> getCustomerHistory(@PathParam("id") UUID id, UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        var request = PageRequest.read(params);
        request.cursor().ifPresent(cursor -> {
            if (!cursor.sort().equals(History.NEWEST_FIRST) || !cursor.key().matches("[0-9]{1,18}")) {
                params.reject("cursor", "invalid_cursor", "must be the next_cursor of this list");
            }
        });
        params.throwIfInvalid();
        return customers
                .requireVisible(id)
                .chain(() -> history.of(id, request))
                .call(page -> page.data().isEmpty()
                        ? requireKnown(id)
                        : Uni.createFrom().voidItem())
                .map(page -> PageLinks.answer(uri, page));
    }

    /** The oldest events are not kept for ever: a customer may have none. */
    private Uni<Void> requireKnown(UUID id) {
        return history.exists(id)
                .chain(exists ->
                        exists ? Uni.createFrom().voidItem() : customers.get(id).replaceWithVoid());
    }
}
