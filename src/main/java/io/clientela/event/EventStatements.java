package io.clientela.event;

import io.clientela.database.Select;
import io.clientela.history.Event;
import io.clientela.history.EventPosition;
import java.util.UUID;

/** The statements of the feed: one for a page, whose work is bounded whatever its filters leave out. */
final class EventStatements {
    /** How many events are looked at for a page at most, if not all of them are in it. */
    static final int MAX_SCANNED = 10_000;

    /** A page of longer events ends earlier, so that it can be held in memory. */
    static final int MAX_PAGE_BYTES = 4 << 20;

    /**
     * The business location of an event: that of its customer now, of the customer into whom its customer was merged,
     * or of a customer who was deleted. Other subjects have it in their details, if they have one.
     */
    static final String LOCATION = """
            CASE WHEN subject_type <> 'customer' THEN cast(details AS json) ->> 'location_id'
            ELSE coalesce(
                (SELECT c.location_id FROM customer c
                 WHERE c.tenant_id = e.tenant_id AND c.id = coalesce(
                     (SELECT m.merged_into FROM merged_customer m
                      WHERE m.tenant_id = e.tenant_id AND m.id = e.customer_id), e.customer_id)),
                CASE WHEN type = 'customer.deleted' THEN cast(changes AS json) #>> '{location_id,from}' END) END""";

    private static final String START = """
            WITH start AS MATERIALIZED (
                SELECT transaction_id, id FROM customer_event WHERE tenant_id = ? AND id = ?
                UNION ALL SELECT transaction_id, event_id FROM event_horizon WHERE tenant_id = ? AND event_id = ?
                UNION ALL SELECT '0', id FROM (SELECT cast(? AS uuid) AS id) AS given
                    WHERE id = '00000000-0000-0000-0000-000000000000'
                LIMIT 1),
            """;

    private static final String FOLLOWING = " FROM customer_event e WHERE tenant_id = ? AND (transaction_id, id) > ("
            + "(SELECT transaction_id FROM start), (SELECT id FROM start)) AND " + EventPosition.SETTLED
            + " ORDER BY transaction_id, id LIMIT ?";

    /** The length of texts is read without the texts. */
    private static final String FITS = """
            sum(octet_length(changes) + octet_length(details)) OVER in_order <= %d
                OR row_number() OVER in_order = 1 AS fits""".formatted(MAX_PAGE_BYTES);

    private static final String IN_ORDER = " WINDOW in_order AS (ORDER BY transaction_id, id)";

    private static final String PAGE = "page AS MATERIALIZED (SELECT *, " + FITS + " FROM (SELECT * FROM (";

    private static final String TRANSACTION = "cast(cast(%s AS text) AS bigint) AS %s";

    private static final String POSITION = """
            SELECT %s, %s, %s, %s, end_id, is_gone
            FROM (SELECT (SELECT count(*) < ? AND bool_and(fits) IS NOT FALSE FROM page) AS is_whole,
                    (SELECT transaction_id FROM start) AS start_transaction,
                    EXISTS (SELECT FROM event_horizon h WHERE tenant_id = ? AND coalesce(
                        (SELECT (s.transaction_id, s.id) < (h.transaction_id, h.event_id)
                             AND s.id <> '00000000-0000-0000-0000-000000000000' FROM start s),
                        ? <= newest_id)) AS is_gone) AS position
            LEFT JOIN LATERAL (
                SELECT transaction_id AS end_transaction, id AS end_id FROM (SELECT transaction_id, id""".formatted(
                    Event.COLUMNS,
                    TRANSACTION.formatted("transaction_id", "transaction"),
                    TRANSACTION.formatted("start_transaction", "start_transaction"),
                    TRANSACTION.formatted("end_transaction", "end_transaction"));

    private static final String END = """
            ) AS looked_at WHERE is_whole ORDER BY transaction_id DESC, id DESC LIMIT 1) AS ends ON true
            LEFT JOIN page ON page.fits AND NOT is_gone
            ORDER BY transaction_id, id""";

    private static final String LATEST =
            """
            SELECT %s, id FROM (
                (SELECT transaction_id, id FROM customer_event WHERE tenant_id = ? AND %s
                 ORDER BY transaction_id DESC, id DESC LIMIT 1)
                UNION ALL SELECT transaction_id, event_id FROM event_horizon WHERE tenant_id = ?) AS ends
            ORDER BY transaction_id DESC, id DESC LIMIT 1""".formatted(TRANSACTION.formatted("transaction_id", "transaction"), EventPosition.SETTLED);

    /** The next events of all tenants that are followed live, each tenant's from its own position. */
    static final String NEXT_OF_TENANTS = """
            SELECT %s, %s, %s AS location FROM (
                SELECT e.*, %s
                FROM unnest(cast($1 AS text[]), cast($2 AS bigint[]), cast($3 AS uuid[])) AS head (tenant, position, event)
                CROSS JOIN LATERAL (
                    SELECT * FROM customer_event
                    WHERE tenant_id = head.tenant AND %s
                      AND (transaction_id, id) > (cast(cast(head.position AS text) AS xid8), head.event)
                    ORDER BY transaction_id, id LIMIT 200) AS e
                %s) AS e
            WHERE fits ORDER BY transaction_id, id""".formatted(
                    Event.COLUMNS,
                    TRANSACTION.formatted("transaction_id", "transaction"),
                    LOCATION,
                    FITS,
                    EventPosition.SETTLED,
                    IN_ORDER);

    private EventStatements() {}

    /**
     * Returns the statement of a page: its events, or one row without an event. The columns {@code end_transaction} and
     * {@code end_id} have the last event that was looked at if the page has all up to there, {@code start_transaction}
     * is null if the start is unknown, {@code is_gone} says whether events after it were deleted.
     */
    static Select page(EventFilter filter, String tenant, UUID after, int limit) {
        int scanned = filter.isEmpty() ? limit : MAX_SCANNED;
        var select = new Select(false)
                .add(START, tenant, after, tenant, after, after)
                .add(PAGE)
                .add("SELECT transaction_id, " + Event.COLUMNS + FOLLOWING, tenant, scanned)
                .add(") AS e WHERE true");
        filter.addTo(select);
        return select.add(" ORDER BY transaction_id, id LIMIT ?) AS e" + IN_ORDER + ")", limit)
                .add(POSITION, (long) limit, tenant, after)
                .add(FOLLOWING, tenant, scanned)
                .add(END);
    }

    /** Returns the statement of the last event that no other can precede any more, if there is or was one. */
    static Select latest(String tenant) {
        return new Select(false).add(LATEST, tenant, tenant);
    }
}
