package io.clientela.history;

import io.clientela.customer.ChangeLog;
import io.clientela.customer.CustomerChange;
import io.clientela.database.Database;
import io.clientela.http.Cursor;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** Records the events of customers and reads them. */
@ApplicationScoped
public class History implements ChangeLog {
    /** The only order of a history. */
    static final String NEWEST_FIRST = "version desc";

    private static final String INSERT_ALL = """
            INSERT INTO customer_event (tenant_id, id, customer_id, customer_version, type, at, actor, request_id,
                changes, details)
            SELECT :tenant, cast(e.id AS uuid), cast(e.customer_id AS uuid), cast(e.version AS bigint), e.type,
                cast(e.at AS timestamptz), :actor, :request, e.changes, e.details
            FROM unnest(cast(:ids AS text[]), cast(:customers AS text[]), cast(:versions AS text[]),
                cast(:types AS text[]), cast(:times AS text[]), cast(:changes AS text[]),
                cast(:details AS text[])) AS e(id, customer_id, version, type, at, changes, details)""";

    private final Database database;
    private final Caller caller;

    History(Database database, Caller caller) {
        this.database = database;
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

    @Override
    public Uni<Void> writeAll(List<CustomerChange> changes) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(INSERT_ALL)
                        .setParameter("tenant", caller.tenant())
                        .setParameter("actor", caller.actor().orElse(null))
                        .setParameter("request", caller.requestId().orElse(null))
                        .setParameter("ids", each(changes, change -> UuidVersion7Strategy.INSTANCE.generateUuid(null)))
                        .setParameter("customers", each(changes, CustomerChange::customerId))
                        .setParameter("versions", each(changes, CustomerChange::version))
                        .setParameter("types", each(changes, CustomerChange::type))
                        .setParameter("times", each(changes, CustomerChange::at))
                        .setParameter("changes", each(changes, CustomerChange::changes))
                        .setParameter("details", each(changes, CustomerChange::details))
                        .executeUpdate())
                .replaceWithVoid();
    }

    private static String[] each(List<CustomerChange> changes, Function<CustomerChange, Object> component) {
        return changes.stream().map(component).map(Object::toString).toArray(String[]::new);
    }

    /**
     * Returns a customer's history, newest first. It remains after the customer is deleted.
     *
     * @throws ProblemException 404 if there is none
     */
    public Uni<Page<EventView>> of(UUID customerId, PageRequest request) {
        long before =
                request.cursor().map(cursor -> Long.parseLong(cursor.key())).orElse(Long.MAX_VALUE);
        int first = Math.toIntExact(request.offset());
        return database.session(() -> CustomerEvent.ofCustomer(customerId, before, first, first + request.size())
                        .chain(found -> total(customerId, request)
                                .map(total -> Page.of(request, found, total, History::cursorAfter)))
                        .call(page -> page.data().isEmpty()
                                ? requireEvents(customerId)
                                : Uni.createFrom().voidItem()))
                .map(page -> page.map(History::view));
    }

    private static Uni<Void> requireEvents(UUID customerId) {
        return CustomerEvent.countOfCustomer(customerId)
                .invoke(count -> {
                    if (count == 0) {
                        throw ProblemException.notFound();
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<Optional<Long>> total(UUID customerId, PageRequest request) {
        return request.counted()
                ? CustomerEvent.countOfCustomer(customerId).map(Optional::of)
                : Uni.createFrom().item(Optional.empty());
    }

    private static Cursor cursorAfter(CustomerEvent event) {
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
