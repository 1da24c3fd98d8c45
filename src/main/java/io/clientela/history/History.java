package io.clientela.history;

import io.clientela.customer.ChangeLog;
import io.clientela.customer.CustomerChange;
import io.clientela.http.Cursor;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.tenancy.Caller;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** Writes down what happens to customers, and tells it. */
@ApplicationScoped
public class History implements ChangeLog {
    /** The one order that a history has. */
    static final String NEWEST_FIRST = "version desc";

    private final Caller caller;

    History(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Uni<Void> write(CustomerChange change) {
        var event = new CustomerEvent();
        event.tenantId = caller.tenant();
        event.id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        event.customerId = change.customerId();
        event.customerVersion = change.version();
        event.type = change.type();
        event.at = change.at();
        event.actor = caller.actor().orElse(null);
        event.requestId = caller.requestId().orElse(null);
        event.changes = change.changes().toString();
        event.details = change.details().toString();
        return event.persist().replaceWithVoid();
    }

    /** A customer's history, newest first. It outlives the customer; of a customer who never was it is empty. */
    public Uni<Page<EventView>> of(UUID customerId, PageRequest request) {
        long before =
                request.cursor().map(cursor -> Long.parseLong(cursor.key())).orElse(Long.MAX_VALUE);
        int first = Math.toIntExact(request.offset());
        return Panache.withSession(() -> CustomerEvent.ofCustomer(customerId, before, first, first + request.size())
                        .chain(found -> total(customerId, request)
                                .map(total -> Page.of(request, found, total, History::place))))
                .map(page -> page.map(History::view));
    }

    private static Uni<Optional<Long>> total(UUID customerId, PageRequest request) {
        return request.counted()
                ? CustomerEvent.countOfCustomer(customerId).map(Optional::of)
                : Uni.createFrom().item(Optional.empty());
    }

    private static Cursor place(CustomerEvent event) {
        return new Cursor(NEWEST_FIRST, String.valueOf(event.customerVersion), event.id.toString());
    }

    private static EventView view(CustomerEvent event) {
        return new EventView(
                event.id,
                event.type,
                event.at,
                event.actor,
                event.requestId,
                event.customerVersion,
                event.changes,
                event.details);
    }
}
