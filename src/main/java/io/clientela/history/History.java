package io.clientela.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clientela.customer.ChangeLog;
import io.clientela.customer.CustomerChange;
import io.clientela.customer.CustomerJson;
import io.clientela.database.Database;
import io.clientela.database.Select;
import io.clientela.database.TenantStatement;
import io.clientela.http.Cursor;
import io.clientela.http.Page;
import io.clientela.http.PageRequest;
import io.clientela.http.problem.ProblemException;
import io.clientela.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** Records events, and reads those of a customer by SQL (ADR 2): each statement names the tenant. */
@ApplicationScoped
public class History implements ChangeLog {
    /** The only order of a history. */
    static final String NEWEST_FIRST = "version desc";

    private static final String OF_CUSTOMER =
            "SELECT id, type, at, actor, request_id, customer_version, changes, details"
                    + " FROM customer_event WHERE tenant_id = ? AND customer_id = ? AND subject_type = 'customer'";

    private static final String COUNT = "SELECT count(*) FROM customer_event"
            + " WHERE tenant_id = ? AND customer_id = ? AND subject_type = 'customer'";

    private static final String EXISTS = """
            SELECT EXISTS (
                    SELECT FROM customer_event WHERE tenant_id = ? AND customer_id = ? AND subject_type = 'customer')
                OR EXISTS (SELECT FROM deleted_customer WHERE tenant_id = ? AND id = ?)""";

    private static final String INSERT = """
            INSERT INTO customer_event (tenant_id, actor, request_id, id, customer_id, customer_version, type, at,
                changes, details)
            SELECT $1, $2, $3, event.*
            FROM unnest($4::uuid[], $5::uuid[], $6::bigint[], $7::text[], $8::timestamptz[], $9::text[], $10::text[])
                AS event""";

    private static final String INSERT_OTHER = """
            INSERT INTO customer_event (tenant_id, id, subject_type, customer_id, type, at, actor, request_id, changes,
                details)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""";

    private final Database database;
    private final Caller caller;

    History(Database database, Caller caller) {
        this.database = database;
        this.caller = caller;
    }

    @Override
    public Uni<Void> write(List<CustomerChange> changes) {
        return TenantStatement.update(
                        caller.tenant(),
                        INSERT,
                        caller.actor().orElse(null),
                        caller.requestId().orElse(null),
                        TenantStatement.column(
                                changes, UUID[]::new, change -> UuidVersion7Strategy.INSTANCE.generateUuid(null)),
                        TenantStatement.column(changes, UUID[]::new, CustomerChange::customerId),
                        TenantStatement.column(changes, Long[]::new, CustomerChange::version),
                        TenantStatement.column(changes, String[]::new, CustomerChange::type),
                        TenantStatement.column(changes, OffsetDateTime[]::new, change -> change.at()
                                .atOffset(ZoneOffset.UTC)),
                        TenantStatement.column(changes, String[]::new, change -> change.changes()
                                .toString()),
                        TenantStatement.column(changes, String[]::new, change -> details(change)
                                .toString()))
                .replaceWithVoid();
    }

    /**
     * Records what the caller did to another subject than a customer, in the current transaction.
     *
     * @param details a JSON object of what readers need to know beside the id
     */
    public Uni<Void> record(Subject subject, String type, ObjectNode details) {
        return record(subject, type, CustomerJson.emptyObject(), details);
    }

    /**
     * Records what the caller changed of another subject than a customer, in the current transaction.
     *
     * @param changes the old and new value of each changed field
     */
    public Uni<Void> record(Subject subject, String type, ObjectNode changes, ObjectNode details) {
        var tenant = caller.tenant();
        var actor = caller.actor().orElse(null);
        var requestId = caller.requestId().orElse(null);
        var values = values(tenant, subject, type, actor, requestId, changes, details);
        return TenantStatement.update(
                        tenant, INSERT_OTHER, values.subList(1, values.size()).toArray())
                .replaceWithVoid();
    }

    /** Records what a background job did to another subject than a customer, in the job's transaction. */
    public Uni<Void> record(
            SqlConnection transaction, String tenant, Subject subject, String type, ObjectNode details) {
        var values = values(tenant, subject, type, null, null, CustomerJson.emptyObject(), details);
        return transaction
                .preparedQuery(INSERT_OTHER)
                .execute(Tuple.from(values))
                .replaceWithVoid();
    }

    private static List<Object> values(
            String tenant,
            Subject subject,
            String type,
            String actor,
            String requestId,
            ObjectNode changes,
            ObjectNode details) {
        return Arrays.asList(
                tenant,
                UuidVersion7Strategy.INSTANCE.generateUuid(null),
                subject.type(),
                UUID.fromString(subject.id()),
                type,
                OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS),
                actor,
                requestId,
                changes.toString(),
                details.toString());
    }

    /** Returns an event's details, with the dialect or the import in which the change was requested. */
    private ObjectNode details(CustomerChange change) {
        if (caller.dialect().isEmpty() && caller.importId().isEmpty()) {
            return change.details();
        }
        var details = change.details().deepCopy();
        caller.dialect().ifPresent(name -> details.put("dialect", name));
        caller.importId().ifPresent(id -> details.put("import_id", id.toString()));
        return details;
    }

    /**
     * Returns a customer's history, newest first. It remains after the customer is deleted, for as long as histories
     * are kept.
     *
     * @throws ProblemException 400 for a page that is too long
     */
    public Uni<Page<EventView>> of(UUID customerId, PageRequest request) {
        var select = new Select(false).add(OF_CUSTOMER, caller.tenant(), customerId);
        request.cursor().ifPresent(cursor -> select.add(" AND customer_version < ?", Long.parseLong(cursor.key())));
        select.add(" ORDER BY customer_version DESC, id DESC LIMIT ? OFFSET ?", request.size() + 1L, request.offset());
        return database.page(select, request.size())
                .map(rows -> rows.stream().map(History::view).toList())
                .chain(found -> request.total(found.size(), () -> count(customerId))
                        .map(total -> Page.of(request, found, total, History::cursorAfter)));
    }

    /** Returns whether a customer has a history, or had one before it was deleted. */
    Uni<Boolean> exists(UUID customerId) {
        return database.query(new Select(false).add(EXISTS, caller.tenant(), customerId, caller.tenant(), customerId))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    private Uni<Long> count(UUID customerId) {
        return database.query(new Select(false).add(COUNT, caller.tenant(), customerId))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private static Cursor cursorAfter(EventView event) {
        return new Cursor(
                NEWEST_FIRST, String.valueOf(event.version()), event.id().toString());
    }

    static EventView view(Row row) {
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
