package io.clientela.activity;

import io.clientela.http.Page;
import io.clientela.http.PageLinks;
import io.clientela.http.PageRequest;
import io.clientela.http.QueryParameters;
import io.clientela.http.json.JsonBodies;
import io.clientela.idempotency.Idempotency;
import io.clientela.idempotency.Responses;
import io.clientela.idempotency.StoredResponse;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** Reads requests for customer items and builds the responses; the same for every type. */
@Singleton
class ItemRequests {
    private final CustomerItems items;
    private final JsonBodies bodies;
    private final Idempotency idempotency;
    private final Responses responses;

    ItemRequests(CustomerItems items, JsonBodies bodies, Idempotency idempotency, Responses responses) {
        this.items = items;
        this.bodies = bodies;
        this.idempotency = idempotency;
        this.responses = responses;
    }

    <V> Uni<RestResponse<Page<V>>> list(ItemType<?, ?, V> type, UUID customer, UriInfo uri) {
        var params = new QueryParameters(uri.getQueryParameters());
        var request = PageRequest.read(params);
        type.table().checkCursor(params, request);
        params.throwIfInvalid();
        return items.list(type, customer, request).map(page -> PageLinks.answer(uri, page));
    }

    <V> Uni<V> get(ItemType<?, ?, V> type, UUID customer, UUID id) {
        return items.get(type, customer, id);
    }

    <I> Uni<Response> add(ItemType<?, I, ?> type, UUID customer, String key, byte[] body) {
        return add(type, customer, customer.toString(), key, body);
    }

    /** Adds an item of the customer who acts, whose path names no id. */
    <I> Uni<Response> addOwn(ItemType<?, I, ?> type, UUID customer, String key, byte[] body) {
        return add(type, customer, "me", key, body);
    }

    private <I> Uni<Response> add(ItemType<?, I, ?> type, UUID customer, String inPath, String key, byte[] body) {
        var input = bodies.read(body, type.input(), whole -> type.violations(whole, true))
                .value();
        return idempotency
                .once(key, "add " + type.singular() + " " + customer, body, () -> items.add(type, customer, input)
                        .map(added -> response(type, inPath, added)))
                .map(StoredResponse::toResponse);
    }

    <I, V> Uni<V> update(ItemType<?, I, V> type, UUID customer, UUID id, byte[] body) {
        var patch = bodies.read(body, type.input(), type::validatePatch).json();
        return items.update(type, customer, id, patch);
    }

    Uni<Void> remove(ItemType<?, ?, ?> type, UUID customer, UUID id) {
        return items.remove(type, customer, id);
    }

    private StoredResponse response(ItemType<?, ?, ?> type, String customer, CustomerItems.Added<?> added) {
        var location = "/v1/customers/" + customer + "/" + type.name() + "/" + added.id();
        return added.isNew() ? responses.created(location, added.view()) : responses.ok(location, added.view());
    }
}
