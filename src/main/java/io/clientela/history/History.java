package io.clientela.history;

import io.clientela.customer.ChangeLog;
import io.clientela.customer.CustomerChange;
import io.clientela.database.Database;
import io.clientela.database.Select;
import io.clientela.http.Cursor;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** Records the events of customers, and reads them by SQL (ADR 2): each statement names the tenant. */
@ApplicationScoped
public class History implements ChangeLog {
    /** The only order of a history. */
    static final String NEWEST_FIRST = "version desc";

    private static final String OF_CUSTOMER =
            "SELECT id, type, at, actor, request_id, customer_version, changes, details"
                    + " FROM customer_event WHERE tenant_id = ? AND customer_id = ?";

    private static final String COUNT = "SELECT count(*) FROM customer_event WHERE tenant_id = ? AND customer_id = ?";

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
                        .setParameter(
                                "ids",
                                CustomerChange.texts(
                                        changes, change -> UuidVersion7Strategy.INSTANCE.generateUuid(null)))
                        .setParameter("customers", CustomerChange.texts(changes, CustomerChange::customerId))
                        .setParameter("versions", CustomerChange.texts(changes, CustomerChange::version))
                        .setParameter("types", CustomerChange.texts(changes, CustomerChange::type))
                        .setParameter("times", CustomerChange.texts(changes, CustomerChange::at))
                        .setParameter("changes", CustomerChange.texts(changes, CustomerChange::changes))
                        .setParameter("details", CustomerChange.texts(changes, CustomerChange::details))
                        .executeUpdate())
                .replaceWithVoid();
    }

    /**
     * Returns a customer's history, newest first. It remains after the customer is deleted.
     *
     * @throws ProblemException 404 if there is none, 400 for a page that is too long
     */
    public Uni<Page<EventView>> of(UUID customerId, PageRequest request) {
        var select = new Select(false).add(OF_CUSTOMER, caller.tenant(), customerId);
        request.cursor().ifPresent(cursor -> select.add(" AND customer_version < ?", Long.parseLong(cursor.key())));
        select.add(" ORDER BY customer_version DESC, id DESC LIMIT ? OFFSET ?", request.size() + 1L, request.offset());
        return database.page(select, request.size())
                .map(rows -> rows.stream().map(History::view).toList())
                .call(found -> found.isEmpty()
                        ? requireEvents(customerId)
                        : Uni.createFrom().voidItem())
                .chain(found -> request.total(found.size(), () -> count(customerId))
                        .map(total -> Page.of(request, found, total, History::cursorAfter)));
    }

    private Uni<Void> requireEvents(UUID customerId) {
        return count(customerId)
                .invoke(count -> {
                    if (count == 0) {
                        throw ProblemException.notFound();
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Long> count(UUID customerId) {
        return database.query(new Select(false).add(COUNT, caller.tenant(), customerId))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private static Cursor cursorAfter(EventView event) {
        return new Cursor(
                NEWEST_FIRST, String.valueOf(event.version()), event.id().toString());
    }

    private static EventView view(Row row) {
        return new EventView(
                row.getUUID("id"),
                row.getString("type"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("actor"),
                row.getString("request_id"),
                row.getLong("customer_version"),
                row.getString("changes"),
                row.getString("details"));
    }
}
