package io.clientela.activity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientela.http.Ids;
import io.clientela.http.JsonBodies;
import io.clientela.http.Page;
import io.clientela.http.PageLinks;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.idempotency.Answer;
import io.clientela.idempotency.Idempotency;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** Reads requests about what hangs off a customer, and writes their answers: the same for every kind. */
@Singleton
class ItemRequests {
    private final CustomerItems items;
    private final JsonBodies bodies;
    private final Idempotency idempotency;
    private final ObjectMapper mapper;

    ItemRequests(CustomerItems items, JsonBodies bodies, Idempotency idempotency, ObjectMapper mapper) {
        this.items = items;
        this.bodies = bodies;
        this.idempotency = idempotency;
        this.mapper = mapper;
    }

    <V> Uni<RestResponse<Page<V>>> list(ItemKind<?, ?, V> kind, String customerId, UriInfo uri) {
        var given = new QueryParameters(uri.getQueryParameters());
        var request = PageRequest.read(given);
        kind.table().checkCursor(given, request);
        given.check();
        return items.list(kind, Ids.inPath(customerId), request).map(page -> PageLinks.answer(uri, page));
    }

    <V> Uni<V> get(ItemKind<?, ?, V> kind, String customerId, String id) {
        return items.get(kind, Ids.inPath(customerId), Ids.inPath(id));
    }

    <I> Uni<Response> add(ItemKind<?, I, ?> kind, String customerId, String key, byte[] body) {
        var customer = Ids.inPath(customerId);
        var input = bodies.read(body, kind.input(), whole -> kind.violations(whole, true))
                .value();
        return idempotency
                .once(key, "add " + kind.word() + " " + customer, body, () -> items.add(kind, customer, input)
                        .map(added -> answer(kind, customer, added)))
                .map(Answer::toResponse);
    }

    <I, V> Uni<V> update(ItemKind<?, I, V> kind, String customerId, String id, byte[] body) {
        var customer = Ids.inPath(customerId);
        var item = Ids.inPath(id);
        var patch = bodies.read(body, kind.input(), kind::ofGiven).json();
        return items.update(kind, customer, item, patch);
    }

    Uni<Void> remove(ItemKind<?, ?, ?> kind, String customerId, String id) {
        return items.remove(kind, Ids.inPath(customerId), Ids.inPath(id));
    }

    private Answer answer(ItemKind<?, ?, ?> kind, UUID customer, CustomerItems.Added<?> added) {
        var location = "/v1/customers/" + customer + "/" + kind.name() + "/" + added.id();
        var status = added.isNew() ? Response.Status.CREATED : Response.Status.OK;
        return new Answer(status.getStatusCode(), location, null, text(added.view()));
    }

    private String text(Object view) {
        try {
            return mapper.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was added cannot be written as JSON", e);
        }
    }
}
